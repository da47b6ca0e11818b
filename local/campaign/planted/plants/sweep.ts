import type { Plant } from '../plant.ts';

const ECS = ['ecs'];
const LOST = 'functions/sweep/lost-alarm-events.ts';
const EXECUTIONS = 'functions/sweep/executions.ts';
const BACKSTOP = 'functions/report/backstop.ts';

/** A sweep and a backstop that never find what was lost, or find it twice. */
export const sweep: readonly Plant[] = [
  {
    name: 'sweep-finds-no-lost-alarm',
    is: 'an alarm whose event was lost starts nothing',
    ...{ file: LOST, kinds: ECS },
    from: 'return age >= MIN_AGE_SECONDS && age <= MAX_AGE_RED_SECONDS;',
    to: 'return age < MIN_AGE_SECONDS && age > MAX_AGE_RED_SECONDS;',
  },
  {
    name: 'sweep-starts-for-a-muted-alarm',
    is: 'an alarm that its owner muted starts a rollback',
    ...{ file: LOST, kinds: ECS },
    from: ' || (await isMuted(alarm.name))',
    to: ' || ((await isMuted(alarm.name)) && requests.length === 0)',
  },
  {
    name: 'sweep-redelivers-what-was-judged',
    shows: 'denied',
    is: 'triggers that a skipped rollback judged are started again',
    ...{ file: 'functions/sweep/redeliver.ts', kinds: ECS },
    from: 'leftOver(record, record.judged)',
    to: 'leftOver(record, 0)',
  },
  {
    name: 'sweep-redelivers-nothing',
    is: 'triggers that a skipped rollback refused are lost',
    ...{ file: EXECUTIONS, kinds: ECS },
    from: 'if (yields) await redeliverTriggers',
    to: 'if (yields && unpublished.length > 0) await redeliverTriggers',
  },
  {
    name: 'sweep-finds-no-lost-execution',
    shows: 'person-goes-back',
    is: 'an execution that ended without Report keeps its target',
    ...{ file: EXECUTIONS, kinds: ECS },
    from: '!running.has(execution));',
    to: 'running.has(execution) && execution === closing.toString());',
  },
  {
    name: 'sweep-reports-what-runs',
    shows: 'paused',
    is: 'a rollback that runs is reported as ended',
    ...{ file: EXECUTIONS, kinds: ECS },
    from: 'ended === undefined || isAfter(after(ended, GRACE_SECONDS), now) ? null : status;',
    to: 'ended !== undefined && isAfter(after(ended, GRACE_SECONDS), now) ? null : status;',
  },
  {
    name: 'backstop-finds-nothing',
    shows: 'person-goes-back',
    is: 'an execution that was aborted is not reported by its event',
    repeats: 'TravisCI: the rollback broke, and said nothing',
    ...{ file: BACKSTOP, kinds: ECS },
    from: 'return record?.outcome !== undefined;',
    to: 'return record !== undefined;',
  },
  {
    name: 'backstop-reports-twice',
    shows: 'fixed',
    is: 'an execution that reported is reported again',
    ...{ file: BACKSTOP, kinds: ECS },
    from: 'return record?.outcome !== undefined;',
    to: "return record?.outcome?.state === 'rolled-back';",
  },
  {
    name: 'sweep-forgets-the-target-moved',
    is: 'a deployment of which no event came is not reconciled',
    ...{ file: 'functions/sweep/sweep-kind.ts', kinds: ECS },
    from: 'if (isNew || isMoving || isDue) await reconcile',
    to: 'if (isNew && isMoving && isDue) await reconcile',
  },
  {
    name: 'sweep-without-a-soak-of-the-owner',
    is: 'the soak of the tag is not read',
    ...{ file: 'functions/sweep/prove.ts', kinds: ECS },
    from: 'readSettings(deployed.tags).soakMinutes * 60;',
    to: 'readSettings({}).soakMinutes / 30;',
  },
];
