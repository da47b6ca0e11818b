import type { Plant } from '../plant.ts';

const ECS = ['ecs'];
const CIRCUMSTANCES = 'functions/guard/circumstances.ts';
const HISTORY = 'functions/guard/alarm-history.ts';
const GATHER = 'functions/guard/gather-facts.ts';
const ENDING = 'src/rollback/ending.ts';
const RUNGS = 'src/rollback/rungs.ts';

/** Facts that are read wrongly, and ends that say what is not so. */
export const facts: readonly Plant[] = [
  {
    name: 'red-unknown-is-none',
    shows: 'aws-away',
    is: 'other red alarms that could not be read count as none',
    repeats: 'AWS us-east-1, December 2021: monitoring was blind',
    ...{ file: CIRCUMSTANCES, kinds: ECS },
    from: 'othersAmong(red.is.metricAlarms, rollback, arrived) } : red,',
    to: 'othersAmong(red.is.metricAlarms, rollback, arrived) } : { known: true, is: [] },',
  },
  {
    name: 'history-unknown-is-quiet',
    is: 'a history of an alarm that could not be read counts as a quiet one',
    ...{ file: 'src/rollback/rules/ok-before.ts', kinds: ECS },
    from: '  if (!facts.history.known)\n    return ask(',
    to: '  if (!facts.history.known) return null;\n  if (!facts.history.known)\n    return ask(',
  },
  {
    name: 'history-of-a-part',
    is: 'a part of the history of a flapping alarm is taken for all of it',
    ...{ file: HISTORY, kinds: ECS },
    from: 'if (NextToken !== undefined && (',
    to: "if (NextToken === '' && (",
  },
  {
    name: 'history-of-a-minute',
    is: 'the history of an alarm is read of the last minute',
    ...{ file: HISTORY, kinds: ECS },
    from: 'return isAfter(needed, day) ? day : needed;',
    to: 'return isAfter(needed, day) ? after(trigger.at, -60) : needed;',
  },
  {
    name: 'earlier-rollbacks-of-a-minute',
    shows: 'redelivered',
    is: 'rollbacks of the last three minutes are known, and no others',
    repeats: 'terraform-provider-aws 34189: rollbacks that loop',
    ...{ file: GATHER, kinds: ECS },
    from: 'const LOOK_BACK_SECONDS = 3 * 86_400;',
    to: 'const LOOK_BACK_SECONDS = 3 * 60;',
  },
  {
    name: 'condemned-is-not-read',
    shows: 'outage-in-proof',
    is: 'the judge does not know which revisions are condemned',
    ...{ file: GATHER, kinds: ECS },
    from: 'condemned: condemnedIn(entries).map(({ revision }) => revision.id),',
    to: 'condemned: condemnedIn(entries).flatMap(() => []),',
  },
  {
    name: 'suspect-is-the-newest',
    shows: 'fixed',
    is: 'the newest deployment is accused, whatever ran when the harm began',
    repeats: 'Knight Capital 2012: the good version was removed',
    ...{ file: 'src/rollback/suspect.ts', kinds: ECS },
    from: 'onset === null ? recent.slice(0, 1) :',
    to: 'onset !== undefined ? recent.slice(0, 1) :',
  },
  {
    name: 'condemned-is-the-good-one',
    shows: 'redelivered',
    is: 'the revision that came back is condemned',
    repeats: 'Knight Capital 2012: the good version was removed',
    ...{ file: 'src/rollback/at-fault.ts', kinds: ECS },
    from: 'const revision = plan.suspect ?? plan.from;\n',
    to: 'return plan.to;\n  const revision = plan.suspect ?? plan.from;\n',
  },
  {
    name: 'unproven-is-clean',
    shows: 'outage-in-proof',
    is: 'a target that went back without a proof is reported as unchanged',
    repeats: 'aws-proton and Terraform 19519: success is reported after a rollback',
    ...{ file: ENDING, kinds: ECS },
    from: "if (health?.state === 'unproven')\n    return dirty(",
    to: "if (health?.state === 'unproven')\n    return clean(",
  },
  {
    name: 'overtaken-is-rolled-back',
    shows: 'fixed',
    is: 'a way back that another deployment overtook counts as arrived',
    repeats: 'amazon-ecs-deploy-task-definition 191: false success when overtaken',
    ...{ file: ENDING, kinds: ECS },
    from: "started && settled?.state === 'settled' && health?.state === 'proven';",
    to: 'started && settled !== undefined && health !== undefined;',
  },
  {
    name: 'written-is-not-known',
    shows: 'aws-away',
    is: 'a rollback that failed midway is reported as one that changed nothing',
    ...{ file: 'src/ledger/dynamodb-records.ts', kinds: ECS },
    from: "return item?.['startedAt'] === undefined || item['writing'] === true;",
    to: "return item?.['startedAt'] === undefined;",
  },
  {
    name: 'credit-for-the-rollback-of-aws',
    shows: 'never-starts',
    is: 'Lastgood takes credit for a rollback that AWS made',
    ...{ file: ENDING, kinds: ECS },
    from: "if (byItself) return ' AWS went back natively.';",
    to: "if (byItself && byAnother) return ' AWS went back natively.';",
  },
  {
    name: 'deadline-never-comes',
    shows: 'aws-away',
    is: 'a way back that does not settle is polled for ever',
    repeats: 'Argo Rollouts 4128: a deadline that does not fire',
    ...{ file: RUNGS, kinds: ECS },
    from: 'const isLate = isAfter(now, by);',
    to: 'const isLate = isAfter(now, now) && by !== now;',
  },
  {
    name: 'rung-is-tried-again',
    is: 'after a rung that failed the same one is tried, for ever',
    ...{ file: RUNGS, kinds: ECS },
    from: "settled?.state === 'failed' ? reverted.rung + 1 : reverted.rung;",
    to: "settled?.state === 'failed' ? reverted.rung : reverted.rung;",
  },
  {
    name: 'settle-polls-each-second',
    shows: 'never-starts',
    is: 'a way back is polled each second',
    repeats: 'ecspresso 403: throttled by its own polling',
    ...{ file: 'src/rollback/poll-intervals.ts', kinds: ECS },
    from: 'const SETTLE_POLL_SECONDS = 60;',
    to: 'const SETTLE_POLL_SECONDS = 1;',
  },
];
