import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { openFleet, TARGET as FLEET } from '../asg/fleet.ts';
import { TARGET as SHOP } from '../ecs/target.ts';
import { openApi, TARGET as FUNCTION } from '../lambda/api.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { BACK, bad, LOG_GROUP } from './causes.ts';
import { evidenceOf } from './found.ts';

/** A release whose evidence gets into trouble. */
interface Troubled {
  /** Begins the names of its stories. */
  readonly of: string;
  readonly target: string;
  /** The reads that only evidence makes, each by a source of its own. */
  readonly reads: readonly (readonly [service: string, operation: string])[];
  readonly play: (before: (stage: Stage) => void) => Scenario['play'];
  readonly ends: Ending;
}

const TRAIL_AND_ALARM = [
  ['cloudtrail', 'LookupEvents'],
  ['monitoring', 'DescribeAlarmContributors'],
] as const;

const LOGS = ['Error: connect ECONNREFUSED 10.0.9.17:5432'];

const ofEcs: Troubled = {
  of: 'evidence',
  target: SHOP,
  reads: [['logs', 'GetLogEvents'], ...TRAIL_AND_ALARM],
  play: (before) => bad({ behaviour: { errorRate: 0.4, logs: LOGS }, how: { logGroup: LOG_GROUP }, before }),
  ends: BACK,
};

const ofAsg: Troubled = {
  of: 'evidence-asg',
  target: FLEET,
  reads: [['ec2', 'GetConsoleOutput'], ...TRAIL_AND_ALARM],
  play: (before) => async (stage) => {
    const fleet = await openFleet(stage, { tags: { 'lastgood:logs': 'console' } });
    before(stage);
    fleet.release({ errorRate: 0.5, logs: LOGS }, { preferences: { MaxHealthyPercentage: 200 } });
    await fleet.refreshed();
    await stage.aftermath();
  },
  ends: {
    outcome: 'rolled-back',
    served: true,
    writes: ['UpdateAutoScalingGroup', 'StartInstanceRefresh'],
  },
};

const ofLambda: Troubled = {
  of: 'evidence-lambda',
  target: FUNCTION,
  reads: [['logs', 'FilterLogEvents'], ...TRAIL_AND_ALARM],
  play: (before) => async (stage) => {
    const api = await openApi(stage);
    before(stage);
    api.release({ errorRate: 0.4, logs: LOGS });
    await stage.aftermath();
  },
  ends: { outcome: 'rolled-back', served: true, writes: ['UpdateAlias'] },
};

/**
 * Evidence in trouble, by kind of target. Each release is that of the first, which is in none, and its first write must be
 * at the same instant.
 */
export const troubled: readonly (readonly Scenario[])[] = [ofEcs, ofAsg, ofLambda].map(troublesOf);

function troublesOf({ of, target, reads, play, ends }: Troubled): readonly Scenario[] {
  const what = reads.map(([, operation]) => operation).join(', ');
  const failing = (error: AwsError) =>
    play(({ runtime: { wire } }) => {
      for (const [service, operation] of reads) wire.disturb.fail({ service, operation, error }, Infinity);
    });
  return [
    {
      name: `${of}-undisturbed`,
      shows: 'evidence answers: the measure of those that are in trouble',
      target,
      play: play(() => undefined),
      ends: { ...ends, cause: 'dependency', also: misses(/./, 0) },
    },
    {
      name: `${of}-throttled`,
      shows: `AWS throttles ${what}: they are missing, and delay nothing`,
      target,
      play: failing(new AwsError('ThrottlingException', 'Rate exceeded')),
      ends: { ...ends, also: misses(/ThrottlingException/, reads.length) },
    },
    {
      name: `${of}-denied`,
      shows: `AWS denies ${what}: they are missing, and delay nothing`,
      target,
      play: failing(new AwsError('AccessDeniedException', 'not authorized')),
      ends: { ...ends, also: misses(/AccessDenied/, reads.length) },
    },
    {
      name: `${of}-slow`,
      shows: `${what} take 30 seconds each: the state gives up, and delays nothing`,
      target,
      play: play(({ runtime: { wire } }) => {
        for (const [service, operation] of reads) wire.disturb.slow(service, operation, 30);
      }),
      ends: { ...ends, also: (stage) => (evidenceOf(stage) === null ? null : 'evidence came in time') },
    },
  ];
}

function misses(reason: RegExp, count: number): (stage: Stage) => string | null {
  return (stage) => {
    const { missing } = evidenceOf(stage) ?? {};
    const own = missing?.filter((one) => reason.test(one.reason));
    return own?.length === count ? null : `missing is ${JSON.stringify(missing)}`;
  };
}
