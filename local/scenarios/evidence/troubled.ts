import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { BACK, bad, LOG_GROUP } from './causes.ts';
import { evidenceOf } from './found.ts';

/** The reads that only evidence makes. */
const READS = [
  ['logs', 'GetLogEvents'],
  ['cloudtrail', 'LookupEvents'],
  ['monitoring', 'DescribeAlarmContributors'],
] as const;

const release = {
  behaviour: { errorRate: 0.4, logs: ['Error: connect ECONNREFUSED 10.0.9.17:5432'] },
  how: { logGroup: LOG_GROUP },
} as const;

function failing(error: AwsError): (stage: Stage) => void {
  return ({ runtime: { wire } }) => {
    for (const [service, operation] of READS) wire.disturb.fail({ service, operation, error }, Infinity);
  };
}

function slow(seconds: number): (stage: Stage) => void {
  return ({ runtime: { wire } }) => {
    for (const [service, operation] of READS) wire.disturb.slow(service, operation, seconds);
  };
}

function misses(reason: RegExp): (stage: Stage) => string | null {
  return (stage) => {
    const missing = evidenceOf(stage)?.missing ?? [];
    const own = missing.filter((one) => reason.test(one.reason));
    return own.length === READS.length ? null : `missing is ${JSON.stringify(missing)}`;
  };
}

/** Evidence in trouble. Each is the release of the first, which is not, and its first write must be at the same instant. */
export const troubled: readonly Scenario[] = [
  {
    name: 'evidence-undisturbed',
    shows: 'evidence answers: the measure of those that are in trouble',
    target: TARGET,
    play: bad(release),
    ends: BACK,
  },
  {
    name: 'evidence-throttled',
    shows: 'AWS throttles logs, CloudTrail and contributors: they are missing, and delay nothing',
    target: TARGET,
    play: bad({ ...release, before: failing(new AwsError('ThrottlingException', 'Rate exceeded')) }),
    ends: { ...BACK, also: misses(/ThrottlingException/) },
  },
  {
    name: 'evidence-denied',
    shows: 'AWS denies logs, CloudTrail and contributors: they are missing, and delay nothing',
    target: TARGET,
    play: bad({ ...release, before: failing(new AwsError('AccessDeniedException', 'not authorized')) }),
    ends: { ...BACK, also: misses(/AccessDenied/) },
  },
  {
    name: 'evidence-slow',
    shows: 'logs, CloudTrail and contributors take 30 seconds each: the state gives up, and delays nothing',
    target: TARGET,
    play: bad({ ...release, before: slow(30) }),
    ends: { ...BACK, also: (stage) => (evidenceOf(stage) === null ? null : 'evidence came in time') },
  },
];
