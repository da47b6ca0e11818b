import type { Plant } from '../plant.ts';

const ECS = ['ecs'];

/** Proofs of health that are none. */
export const health: readonly Plant[] = [
  {
    name: 'health-unknown-is-good',
    shows: 'aws-away',
    is: 'a sign that could not be read counts as healthy',
    repeats: 'AWS us-east-1, December 2021: monitoring was blind',
    ...{ file: 'src/rollback/health.ts', kinds: ECS },
    from: "return state === 'healthy' || state === 'neutral';",
    to: "return state !== 'unhealthy';",
  },
  {
    name: 'health-any-sign-suffices',
    shows: 'outage-in-proof',
    is: 'one healthy sign proves the target, whatever the others say',
    ...{ file: 'src/rollback/health.ts', kinds: ECS },
    from: "signs.some(({ state }) => state === 'healthy') && signs.every(isGood)",
    to: "signs.some(({ state }) => state === 'healthy')",
  },
  {
    name: 'health-from-before-the-way-back',
    shows: 'outage-in-proof',
    is: 'health from before the way back settled counts',
    repeats: 'GPS/GLONASS 2014: the rollback did not fix it',
    ...{ file: 'src/rollback/health.ts', kinds: ECS },
    from: 'before === undefined || isAfter(settledSince, before) ? now : before',
    to: 'before ?? settledSince',
  },
  {
    name: 'health-proven-at-once',
    shows: 'outage-in-proof',
    is: 'the first healthy poll proves the target',
    ...{ file: 'src/rollback/health.ts', kinds: ECS },
    from: 'if (toGo <= 0) return',
    to: 'if (toGo <= proofSeconds) return',
  },
  {
    name: 'health-silence-is-good',
    is: 'an alarm without data is neutral although no user is known to be served',
    ...{ file: 'src/rollback/health.ts', kinds: ECS },
    from: "return of.length > 0 && of.every(({ state }) => state === 'healthy');",
    to: "return of.every(({ state }) => state !== 'unhealthy');",
  },
  {
    name: 'verify-fewer-targets-suffice',
    is: 'a group with one healthy target is healthy',
    repeats: 'Slack, May 2020: capacity was missing after the rollback',
    ...{ file: 'functions/verify/target-health.ts', kinds: ECS },
    from: 'healthy >= Math.max(wanted, least)',
    to: 'healthy >= least',
  },
  {
    name: 'verify-old-minutes',
    shows: 'outage-in-proof',
    is: 'errors are read in a minute from before the way back',
    ...{ file: 'functions/verify/errors.ts', kinds: ECS },
    from: 'if (minute === null || isAfter(since, minute.at))',
    to: 'if (minute === null)',
  },
  {
    name: 'verify-balancer-errors-forgotten',
    is: 'errors of the load balancer do not count',
    ...{ file: 'functions/verify/errors.ts', kinds: ECS },
    from: 'return failed + Math.min(unanswered, own);',
    to: 'return failed;',
  },
  {
    name: 'verify-red-alarm-is-unknown-only',
    shows: 'outage-in-proof',
    is: 'an alarm that is red counts as healthy',
    ...{ file: 'functions/verify/alarms.ts', kinds: ECS },
    from: "return { of, state: 'unhealthy', says: 'is in ALARM' };",
    to: "return { of, state: 'neutral', says: 'is in ALARM' };",
  },
  {
    name: 'verify-missing-alarm-is-good',
    is: 'an alarm that was deleted counts as healthy',
    ...{ file: 'functions/verify/alarms.ts', kinds: ECS },
    from: "return { of, state: 'unknown', says: NOT_FOUND };",
    to: "return { of, state: 'neutral', says: NOT_FOUND };",
  },
];
