import { TARGET } from '../ecs/target.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { accusedFirst } from './accused.ts';
import { accusedNothing, all, lookoutsIn } from './ends.ts';
import { openFollowed } from './shop.ts';

const FAULTY = { errorRate: 0.4 };
const BACK = {
  outcome: 'rolled-back',
  served: true,
  writes: ['UpdateService'],
  orWrites: ['StopServiceDeployment'],
} as const;

/** The modes of a lookout, lost events, and what else happens while it follows a deployment. */
export const lookoutRaces: readonly Scenario[] = [
  {
    name: 'lookout-observe',
    shows: 'observe: the lookout publishes what it saw and starts nothing; the alarm does, as without it',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage, {}, { 'lastgood:lookout': 'observe' });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { ...BACK, also: observedBeforeAlarm },
  },
  {
    name: 'lookout-lost-beginning',
    shows: 'the event of the beginning never arrives: the sweep starts the lookout within its minutes',
    target: TARGET,
    async play(stage) {
      const deployment = { maximumPercent: 125, minimumHealthyPercent: 100 };
      const shop = await openFollowed(stage, { desiredCount: 12, deployment });
      stage.runtime.bus.lose(({ detail }) => detail['eventName'] === 'SERVICE_DEPLOYMENT_IN_PROGRESS');
      shop.release('v2', { ...FAULTY, startSeconds: 100 });
      await stage.aftermath();
    },
    ends: { ...BACK, also: (stage) => (lookoutsIn(stage).length > 1 ? null : 'no lookout was started') },
  },
  {
    name: 'lookout-race-with-alarm',
    shows: 'the alarm turns while the rollback of the lookout holds the target: its trigger joins the record',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2', FAULTY);
      await stage.until('the lookout has started a rollback', () => rollbacksIn(stage.runtime).length > 0);
      const turned = { AlarmName: 'checkout-errors', StateValue: 'ALARM', StateReason: 'a race' };
      stage.call('cloudwatch', 'SetAlarmState', turned);
      await stage.aftermath();
    },
    ends: { ...BACK, also: all(accusedFirst, oneWayBack) },
  },
  {
    name: 'lookout-race-with-breaker',
    shows:
      'the circuit breaker goes back at the same time: the rollback of the lookout joins it, and writes nothing',
    target: TARGET,
    async play(stage) {
      const deployment = {
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      };
      const shop = await openFollowed(stage, { deployment });
      shop.release('v2', { health: 'fails' });
      await stage.minutes(15);
    },
    ends: {
      cause: 'health-check',
      outcome: 'rolled-back',
      because: /went back natively/,
      served: true,
      writes: [],
      also: (stage) => (isBack(stage) ? null : 'v2 still runs'),
    },
  },
  {
    name: 'lookout-person-first',
    shows: 'an operator puts v1 back before the lookout is sure: it ends, and the way back stays',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2', FAULTY);
      await stage.minutes(0.9);
      shop.update({ taskDefinition: shop.releases['v1'] });
      await stage.minutes(10);
    },
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      also: (stage) => (isBack(stage) ? null : 'v2 runs again'),
    },
  },
  {
    name: 'lookout-person-asks',
    shows:
      'an operator asks for a rollback while the lookout polls: it holds no claim, so the operator has the target',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2');
      await stage.minutes(2);
      const entry = {
        EventBusName: 'lastgood-prod',
        Source: 'ci',
        DetailType: 'Rollback Requested',
        Detail: JSON.stringify({ target: TARGET, reason: 'the checkout button is gone' }),
      };
      stage.call('events', 'PutEvents', { Entries: [entry] });
      await stage.aftermath();
    },
    ends: { ...BACK, also: accusedNothing },
  },
  {
    name: 'lookout-approve',
    shows: 'the owner wants to be asked: the accusation becomes a question, and silence leaves the release',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage, {}, { lastgood: 'approve', 'lastgood:countdown': '5' });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /No answer came/, also: accusedFirst },
  },
];

/** Returns null if the lookout published an accusation before an alarm started the rollback, or else what happened. */
function observedBeforeAlarm(stage: Stage): string | null {
  const accused = stage.runtime.bus.published
    .map(({ event }) => event)
    .find((event) => event['detail-type'] === 'Lookout Accused');
  const [first] = rollbacksIn(stage.runtime);
  if (accused === undefined) return 'no accusation was published';
  return first !== undefined && Date.parse(accused.time) < Date.parse(first.startedAt)
    ? null
    : 'the alarm came first';
}

function oneWayBack(stage: Stage): string | null {
  const acted = rollbacksIn(stage.runtime).filter(({ states }) =>
    states.some(({ name }) => name === 'Revert'),
  );
  return acted.length === 1 ? null : `${acted.length} rollbacks went back`;
}

function isBack(stage: Stage): boolean {
  const { services = [] } = stage.call<{ services?: { taskDefinition?: string }[] }>(
    'ecs',
    'DescribeServices',
    {
      cluster: 'prod',
      services: ['checkout'],
    },
  );
  return services[0]?.taskDefinition?.endsWith('checkout:1') === true;
}
