import type { Plant } from '../plant.ts';

const ECS = ['ecs'];
const ON_ALARM = 'functions/on-alarm/on-alarm.ts';
const ON_DEPLOYMENT = 'functions/on-deployment/on-deployment.ts';
const START = 'src/lambda/start.ts';
const REPORT = 'functions/report/report.ts';

/** Events that are swallowed, doubled, or kept nowhere. */
export const events: readonly Plant[] = [
  {
    name: 'alarm-unreadable-is-swallowed',
    is: 'an event of an alarm that cannot be read is dropped, and no dead letter keeps it',
    ...{ file: ON_ALARM, kinds: ECS },
    from: "if (read.kind === 'rejected') throw asError(read);",
    to: "if (read.kind === 'rejected') return { kind: 'ignored', reason: read.problem };",
  },
  {
    name: 'alarm-names-no-target-and-no-word',
    is: 'a word of a tag that names no target is not published',
    ...{ file: ON_ALARM, kinds: ECS },
    from: 'answers.flatMap(({ alarm, says }) => rejectionsOf(alarm, wrongIn(says), now())),',
    to: 'answers.flatMap(({ alarm, says }) => rejectionsOf(alarm, wrongIn(says), now())).slice(1),',
  },
  {
    name: 'start-fails-silently',
    is: 'a rollback that could not be started is not tried again',
    repeats: 'AWS us-east-1, December 2021: calls failed for hours, and what was asked was lost',
    ...{ file: START, kinds: ECS },
    from: 'if (failed !== undefined) throw failed.reason;',
    to: "if (failed?.reason === 'never') throw failed.reason;",
  },
  {
    name: 'trigger-starts-twice',
    is: 'the same trigger in another envelope starts another rollback',
    ...{ file: START, kinds: ECS },
    from: 'JSON.stringify([trigger?.id ?? reason, target])',
    to: 'JSON.stringify([reason, target])',
  },
  {
    name: 'deployment-failed-is-swallowed',
    is: 'a failed deployment is recorded as a completed one, and nothing is started',
    ...{ file: ON_DEPLOYMENT, kinds: ECS },
    from: "read.observed.state === 'completed' ? observe(read.observed)",
    to: "read.observed.state !== 'started' ? observe(read.observed)",
  },
  {
    name: 'deployment-completed-is-swallowed',
    is: 'a completed deployment of ECS is taken for one that began',
    ...{ file: 'src/targets/kinds/ecs/event.ts', kinds: ECS },
    from: "SERVICE_DEPLOYMENT_COMPLETED: 'completed',",
    to: "SERVICE_DEPLOYMENT_COMPLETED: 'started',",
  },
  {
    name: 'deployment-end-ends-no-wait',
    is: 'the event of an end does not end the wait of a rollback',
    ...{ file: ON_DEPLOYMENT, kinds: ECS },
    from: "...(read.observed.state === 'started' ? [] : [endWait(read.observed)]),",
    to: "...(read.observed.state !== 'started' ? [] : [endWait(read.observed)]),",
  },
  {
    name: 'hint-is-swallowed',
    is: 'a hint finds that a deployment has stalled, and starts nothing',
    repeats: 'copilot-cli 1879: tasks failed for more than an hour, and nothing happened',
    ...{ file: 'functions/on-hint/on-hint.ts', kinds: ECS },
    from: 'startAll(starter, answer.requests);',
    to: 'startAll(starter, answer.requests.slice(1));',
  },
  {
    name: 'change-is-swallowed',
    is: 'changes of flags are not kept, so the judge does not know of them',
    ...{ file: 'functions/on-change/on-change.ts', kinds: ECS },
    from: 'await changes.keep(found.id, change);',
    to: "if (change.kind !== 'flag') await changes.keep(found.id, change);",
  },
  {
    name: 'bus-refusal-is-success',
    is: 'an event that EventBridge refused in its answer counts as published',
    repeats: 'Flagger 1663: rollbacks without an alert',
    ...{ file: 'src/events/emit.ts', kinds: ECS },
    from: 'if (refused !== undefined) throw',
    to: "if (refused?.ErrorCode === '') throw",
  },
  {
    name: 'end-is-not-kept',
    is: 'the end of a rollback is lost where the bus is away',
    repeats: 'Flagger 1816: silent rollbacks',
    ...{ file: REPORT, kinds: ECS },
    from: '...(unpublished && { unpublished: events }),',
    to: '...(unpublished && { unpublished: [] }),',
  },
  {
    name: 'end-is-published-each-minute',
    is: 'a record whose events were published is not finished',
    ...{ file: 'functions/sweep/executions.ts', kinds: ECS },
    from: 'await claims.finish(target, execution);',
    to: 'if (unpublished.length === 0) await claims.finish(target, execution);',
  },
  {
    name: 'end-without-an-event',
    is: 'the end of a rollback that condemns nothing is not published',
    repeats: 'Flagger 1663: rollbacks without an alert',
    ...{ file: REPORT, kinds: ECS },
    from: 'if (revision === null) return [...steps, end];',
    to: 'if (revision === null) return [...steps];',
  },
  {
    name: 'step-is-published-twice',
    is: 'each wait publishes all steps anew',
    ...{ file: 'src/events/publish-steps.ts', kinds: ECS },
    from: 'return [...before, ...steps.map(({ key }) => key)];',
    to: 'return before;',
  },
  {
    name: 'log-lines-on-the-bus',
    is: 'an event shows lines of logs, which may hold secrets',
    ...{ file: 'src/events/ended.ts', kinds: ECS },
    from: 'if (isLog !== true) return',
    to: 'if (isLog !== false) return',
  },
  {
    name: 'token-on-the-bus',
    is: 'the event of a question shows the token, with which its reader can approve',
    ...{ file: 'functions/guard/ask.ts', kinds: ECS },
    from: '{ askedAt, answerBy, ...(await saidPause(readPause)) }',
    to: '{ askedAt, answerBy, token, ...(await saidPause(readPause)) }',
  },
  {
    name: 'secret-in-evidence',
    is: 'lines of logs are shown without a mask',
    ...{ file: 'functions/evidence/mask.ts', kinds: ECS },
    from: 'masked.replace(shape, MASK), with_(inLogs, text)),',
    to: 'masked.replace(shape, MASK), text),',
  },
];
