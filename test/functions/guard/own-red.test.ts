import { expect, test, vi } from 'vitest';
import { createOwnRed } from '../../../functions/guard/own-red.ts';
import type { ReadRed } from '../../../functions/guard/red-alarms.ts';
import type { Claims } from '../../../src/ledger/claims.ts';
import * as given from '../../src/rollback/judge-facts.ts';

const dimensions = (ServiceName: string) => [
  { Name: 'ClusterName', Value: 'prod' },
  { Name: 'ServiceName', Value: ServiceName },
];
const alarmOf = (AlarmName: string, service: string) => ({
  AlarmName,
  ...{ Namespace: 'AWS/ECS', MetricName: 'CPUUtilization', Dimensions: dimensions(service) },
  StateTransitionedTimestamp: new Date(given.NOW),
});
const own = alarmOf('checkout-cpu', 'checkout');
const scaling = { ...own, AlarmName: 'TargetTracking-service/prod/checkout-AlarmLow-1' };
const [other, accused, tagged, watched] = ['other', 'accused', 'tagged', 'watched'].map((name) =>
  alarmOf(name, 'x'),
);
const composite = { AlarmName: 'all', AlarmRule: 'ALARM(x)' };

function reading(isComplete: boolean) {
  const all = [own, scaling, other!, accused!, tagged!, watched!, composite];
  const readRed: ReadRed = () => Promise.resolve({ metricAlarms: all, all, isComplete });
  const trigger = { ...given.ALARM, alarm: 'accused' };
  const record = {
    ...{ target: given.TARGET, execution: 'one', startedAt: given.NOW, automatic: true },
    ...{ request: { ...given.BY_ALARM, trigger }, alsoTriggeredBy: [] },
  };
  const claims = { records: vi.fn<Claims['records']>().mockResolvedValue([record]) };
  const plan = given.planOf(
    { lastgood: 'auto', 'lastgood:alarms': 'tagged' },
    { watch: { targetGroups: [], alarms: ['watched', 'all'], probes: [] } },
  );
  return createOwnRed(readRed, claims)({ request: given.BY_REQUEST, plan }, given.NOW);
}

test('finds the red alarms that the plan and the tags name, that accused it, or whose metric is its own', async () => {
  const found = await reading(true);
  expect(found.known && [...found.is].sort()).toEqual([
    'accused',
    'all',
    'checkout-cpu',
    'tagged',
    'watched',
  ]);
});

test('is unknown where not all red alarms were read', async () => {
  expect(await reading(false)).toEqual({
    known: false,
    why: 'Error: more alarms are in ALARM than were read',
  });
});
