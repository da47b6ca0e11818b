import type { Rollback } from '../../../src/rollback/document.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { putCountAlarm, putFiveMinuteAlarm } from './alarms.ts';
import { openShop, request } from './shop.ts';
import { TARGET } from './target.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.4 };
const ALARM = 'checkout-5xx';
const SPACED = 'Checkout 5xx of all targets';

/** Releases without any error, so that only the faulty one gives the alarm data. */
const CLEAN = { errorRate: 0 };

/** Scenarios with alarms as people configure them. */
export const alarmsAsTheyAre: readonly Scenario[] = [
  {
    name: 'ecs-silent-alarm',
    shows:
      'the alarm counts errors and has no data while all is well: the rollback is proven though the alarm has no data again',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { first: CLEAN, putAlarms: putCountAlarm });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wasNeutral(stage, ALARM) ?? costs(stage),
    },
  },
  {
    name: 'ecs-silent-alarm-is-neutral',
    shows: 'a person asks, and a watched alarm has no data without errors: the share of errors proves health',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        proven: false,
        first: CLEAN,
        tags: { 'lastgood:alarms': ALARM },
        putAlarms: (on, balancer) => putCountAlarm(on, balancer, []),
      });
      shop.release('v2', FAULTY);
      await stage.until('the alarm turned', () => stage.world.cloudwatch.alarmState(ALARM) === 'ALARM');
      request(stage, { target: TARGET, reason: 'carts are empty since the release' });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wasNeutral(stage, ALARM),
    },
  },
  {
    name: 'ecs-alarm-with-spaces',
    shows: 'a watched alarm has spaces in its name, and a tag of its own: it is a sign of the proof',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        proven: false,
        first: CLEAN,
        tags: { 'lastgood:alarm:1': SPACED },
        putAlarms: (on, balancer) => putCountAlarm(on, balancer, [], SPACED),
      });
      shop.release('v2', FAULTY);
      await stage.until('the alarm turned', () => stage.world.cloudwatch.alarmState(SPACED) === 'ALARM');
      request(stage, { target: TARGET, reason: 'carts are empty since the release' });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wasNeutral(stage, SPACED),
    },
  },
  {
    name: 'ecs-alarm-actions-disabled',
    shows: 'the owner switched the actions of the alarm off for maintenance: a person is asked at most',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '5' } });
      stage.call('cloudwatch', 'DisableAlarmActions', { AlarmNames: ['checkout-errors'] });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [] },
  },
  {
    name: 'ecs-alarm-of-five-minutes',
    shows:
      'the datapoint of the alarm began before the bad release: its minutes show that it was the release',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { putAlarms: putFiveMinuteAlarm });
      await stage.minutes(1);
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-errors-that-pass',
    shows:
      'a dependency of a good release fails for a minute, and is well again when the alarm turns: the release stays',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '1' } });
      shop.release('v2');
      await shop.deployed();
      stage.traffic.failAll(0.4);
      await stage.minutes(1.2);
      stage.traffic.failAll(0);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: true, writes: [], because: /No answer came/ },
  },
  {
    name: 'ecs-errors-of-a-minute',
    shows:
      'the same for less than a minute, in two datapoints: Lastgood waits for the next minute, and the release stays',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '1' } });
      shop.release('v2');
      await shop.deployed();
      await stage.until('half a minute', () => stage.world.clock.iso().slice(17, 19) === '32');
      stage.traffic.failAll(0.4);
      await stage.minutes(0.9);
      stage.traffic.failAll(0);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: true, writes: [], because: /No answer came/ },
  },
  {
    name: 'ecs-changes-are-kept',
    shows:
      'flags, parameters and secrets change: Lastgood keeps each for an hour, by the name that a tag can say',
    target: TARGET,
    async play(stage) {
      await openShop(stage, { proven: false });
      changeAll(stage);
      await stage.minutes(2);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) =>
        keptChanges(stage, 'parameter:/shop/limit', 'secret:shop/db', 'appconfig:shop/prod/flags'),
    },
  },
];

/** Returns null if the alarm was a neutral sign of the proof, or else its state. */
function wasNeutral({ runtime }: Stage, alarm: string): string | null {
  const { health } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as Rollback;
  const sign = health?.signs.find(({ of }) => of === `alarm ${alarm}`);
  return sign?.state === 'neutral' ? null : `alarm ${alarm} is ${sign?.state ?? 'no sign'}, not neutral`;
}

/** The calls to CloudWatch that one look may make. */
const MAX_CALLS = { GetMetricData: 2, DescribeAlarms: 1, DescribeAlarmHistory: 1 };

/** Returns null if no look made more calls than it may, or else the calls. */
function costs({ runtime }: Stage): string | null {
  const looks = rollbacksIn(runtime)[0]?.states.filter(({ name }) => name === 'Judge').length ?? 0;
  const ofGuard = runtime.wire.calls.filter(({ role }) => role.includes('-guard-'));
  const wrong = Object.entries(MAX_CALLS).filter(
    ([name, most]) => ofGuard.filter(({ operation }) => operation === name).length !== most * looks,
  );
  return wrong.length === 0
    ? null
    : `the look did not cost ${wrong.map(([name]) => name).join(', ')} as it must`;
}

/**
 * Makes one change of each kind, as AWS's events report it. AppConfig and Secrets Manager are modelled by their events
 * alone.
 */
function changeAll(stage: Stage): void {
  const { runtime } = stage;
  stage.call('ssm', 'PutParameter', { Name: '/shop/limit', Value: '7', Type: 'String' });
  runtime.bus.emit({
    source: 'aws.secretsmanager',
    'detail-type': 'Secret Label Updated',
    resources: ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-a1b2c3'],
    detail: {
      name: 'shop/db',
      labelUpdated: 'AWSCURRENT',
      versionId: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
    },
  });
  runtime.bus.emit({
    source: 'aws.appconfig',
    'detail-type': 'On Deployment Start',
    resources: ['arn:aws:appconfig:eu-west-1:111122223333:extensionassociation/z763ff5'],
    detail: {
      InvocationId: '5tfjcig',
      Parameters: {},
      Type: 'OnDeploymentStart',
      Application: { Id: 'ba8toh7', Name: 'shop' },
      Environment: { Id: 'pgil2o7', Name: 'prod' },
      ConfigurationProfile: { Id: 'ga3tqep', Name: 'flags' },
      DeploymentNumber: 1,
      ConfigurationVersion: '1',
    },
  });
}

/** Returns null if exactly these subjects were kept, or else the kept ones. */
function keptChanges({ runtime }: Stage, ...subjects: readonly string[]): string | null {
  const kept = runtime.wire.calls
    .filter(({ role, operation }) => role.includes('-on-change-') && operation === 'UpdateItem')
    .map(({ input }) => JSON.stringify(input));
  const isKept = (subject: string) =>
    kept.filter((item) => item.includes(JSON.stringify(subject))).length === 1;
  return kept.length === subjects.length && subjects.every(isKept) ? null : `kept were ${kept.join(', ')}`;
}
