import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { openShop, request } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.4 };
const OTHERS = Array.from({ length: 59 }, (_, index) => `side-${index + 1}`);

/** Scenarios in which AWS's quotas are scarce. */
export const pace: readonly Scenario[] = [
  {
    name: 'pace-sixty-services',
    shows:
      'sixty services are to go back at once while other callers take half of the updates: all go back, none is lost',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      for (const service of OTHERS) deploySide(stage, service, shop.releases['v1']);
      await stage.minutes(3);
      shop.release('v2', FAULTY);
      for (const service of OTHERS) updateSide(stage, service, shop.releases['v2']);
      await stage.minutes(2);
      stage.runtime.wire.disturb.shrink('ecs', 'ecs service modify', { burst: 25, perSecond: 2.5 });
      for (const target of [TARGET, ...OTHERS.map((service) => `ecs:prod/${service}`)])
        request(stage, { target, reason: 'carts are empty since the release' });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: Array<string>(60).fill('UpdateService'),
      also: (stage) => waited(stage),
    },
  },
  {
    name: 'pace-throttled-for-long',
    shows: 'AWS throttles the write for forty minutes: it is made while the claim lives',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      throttle(stage, 'UpdateService', Infinity);
      await stage.minutes(40);
      stage.runtime.wire.disturb.heal('ecs', 'UpdateService');
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'pace-one-read-throttled',
    shows: 'AWS throttles one read of the plan: the retry repeats that read, and no other',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      // The sweep reads revisions, too, so the throttling begins with the rollback. The SDK tries twice.
      await stage.until('a rollback has begun', () => rollbacksIn(stage.runtime).length > 0);
      throttle(stage, 'DescribeServiceRevisions', 2);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => repeated(stage),
    },
  },
];

function throttle(stage: Stage, operation: string, times: number): void {
  const error = new AwsError('ThrottlingException', 'Rate exceeded');
  stage.runtime.wire.disturb.fail({ service: 'ecs', operation, error }, times);
}

/** Deploys a service without a load balancer. The shop's own alarm proves its health. */
function deploySide(stage: Stage, serviceName: string, taskDefinition = ''): void {
  stage.call('ecs', 'CreateService', {
    ...{ cluster: 'prod', serviceName, taskDefinition, desiredCount: 1, launchType: 'FARGATE' },
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
    },
    tags: [
      { key: 'lastgood', value: 'auto' },
      { key: 'lastgood:alarms', value: 'checkout-errors' },
    ],
  });
}

function updateSide(stage: Stage, service: string, taskDefinition = ''): void {
  stage.call('ecs', 'UpdateService', { cluster: 'prod', service, taskDefinition });
}

/** Returns null if some rollbacks waited for their turn, and all went back; or else the difference. */
function waited(stage: Stage): string | null {
  const executions = rollbacksIn(stage.runtime);
  const back = executions.filter(({ states }) => states.at(-1)?.name === 'RolledBack').length;
  if (back !== 60) return `${back} of ${executions.length} executions ended as RolledBack`;
  const turns = executions.flatMap(({ states }) => states).filter(({ name }) => name.endsWith('Turn'));
  return turns.length > 0 ? null : 'none waited for its turn';
}

/** Returns null if the retry of Plan repeated only the read that failed, or else what it read. */
function repeated({ runtime }: Stage): string | null {
  const [failed, retry] = runtime.invocations.flatMap(({ function: name, event }, index) =>
    name.endsWith('mechanism-ecs') && event.startsWith('{"verb":"plan"')
      ? [runtime.wire.calls.filter((call) => call.invocation === index)]
      : [],
  );
  const read = (calls: typeof failed = []) =>
    calls
      .filter(({ service, error }) => service === 'ecs' && error === undefined)
      .map(({ operation }) => operation);
  const again = read(retry).filter((operation) => read(failed).includes(operation));
  if (failed?.every(({ error }) => error === undefined)) return 'no read of the plan was throttled';
  return again.length === 0 ? null : `read again: ${again.join(', ')}`;
}
