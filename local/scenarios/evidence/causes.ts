import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { openShop, type ServiceRelease, type ShopOptions } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { channelText, installSlack } from '../slack/oncall.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { allOf, found, triaged } from './found.ts';

/** The circuit breaker stops a deployment and does not go back. */
export const STOPS_ONLY = {
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  deploymentCircuitBreaker: { enable: true, rollback: false },
};

export const BACK = { outcome: 'rolled-back', served: true, writes: ['UpdateService'] } as const;

export const LOG_GROUP = '/ecs/checkout';

interface Release {
  readonly behaviour?: Partial<Behaviour>;
  readonly how?: ServiceRelease;
  readonly shop?: ShopOptions;
  /** What happens right before it. */
  readonly before?: (stage: Stage) => void;
}

/** Plays a bad release and what follows. */
export function bad({ behaviour = {}, how = {}, shop = {}, before }: Release): Scenario['play'] {
  return async (stage) => {
    const opened = await openShop(stage, { deployment: STOPS_ONLY, ...shop });
    installSlack(stage);
    before?.(stage);
    opened.release('v2', behaviour, how);
    await stage.aftermath();
  };
}

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout/payment-Ab12Cd';

export const causes: readonly Scenario[] = [
  {
    name: 'evidence-killed-for-memory',
    shows: 'containers are killed with exit code 137: the likely cause is out of memory',
    target: TARGET,
    play: bad({ behaviour: { exitsAfterSeconds: 5, exitCode: 137 } }),
    ends: {
      cause: 'out-of-memory',
      ...BACK,
      also: allOf(
        triaged(/Container checkout ran out of memory[^]*exit code 137/),
        found('stopped tasks', /^\d+ × checkout:2: EssentialContainerExited/),
      ),
    },
  },
  {
    name: 'evidence-out-of-memory',
    shows: 'ECS gives the reason OutOfMemoryError with exit code 1: the likely cause is out of memory',
    target: TARGET,
    play: bad({
      behaviour: {
        exitsAfterSeconds: 5,
        exitCode: 1,
        exitReason: 'OutOfMemoryError: Container killed due to memory usage',
      },
    }),
    ends: { cause: 'out-of-memory', ...BACK, also: triaged(/OutOfMemoryError/) },
  },
  {
    name: 'evidence-crash',
    shows: 'containers exit with code 1: the likely cause is a crash, with the last lines of their log',
    target: TARGET,
    play: bad({
      behaviour: { exitsAfterSeconds: 5, exitCode: 1, logs: ['starting', 'TypeError: cart is not iterable'] },
      how: { logGroup: LOG_GROUP },
    }),
    ends: {
      cause: 'crash',
      ...BACK,
      also: allOf(
        triaged(/Container checkout exits with code 1/),
        found('container logs', /^checkout of task [0-9a-f]{8}: TypeError: cart is not iterable$/),
        found('task definition', /^checkout:2 was registered by arn:aws:sts::/),
      ),
    },
  },
  {
    name: 'evidence-heap-exhausted',
    shows: 'the runtime aborts for its heap, which only the log says: the likely cause is out of memory',
    target: TARGET,
    play: bad({
      behaviour: {
        exitsAfterSeconds: 5,
        exitCode: 134,
        logs: ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
      },
      how: { logGroup: LOG_GROUP },
    }),
    ends: { cause: 'out-of-memory', ...BACK, also: triaged(/heap out of memory/) },
  },
  {
    name: 'evidence-image-missing',
    shows: 'the image was never pushed: the likely cause is the image pull',
    target: TARGET,
    play: bad({ how: { imageMissing: true } }),
    ends: { cause: 'image-pull', ...BACK, also: triaged(/CannotPullContainerError/) },
  },
  {
    name: 'evidence-parameter-missing',
    shows: 'a parameter that tasks read at their start does not exist: the likely cause is the secret',
    target: TARGET,
    play: bad({
      how: { secrets: { API_KEY: '/checkout/api-key' } },
      before: (stage) => void stage.world.ecs.unreadable.set('/checkout/api-key', 'missing'),
    }),
    ends: {
      cause: 'secret',
      ...BACK,
      also: triaged(/invalid ssm parameters: \/checkout\/api-key/),
    },
  },
  {
    name: 'evidence-secret-denied',
    shows: 'the execution role may not read a secret: the likely cause is the permission',
    target: TARGET,
    play: bad({
      how: { secrets: { API_KEY: SECRET } },
      before: (stage) => void stage.world.ecs.unreadable.set(SECRET, 'denied'),
    }),
    ends: {
      cause: 'permission',
      ...BACK,
      also: triaged(/lacks secretsmanager:GetSecretValue/),
    },
  },
  {
    name: 'evidence-health-check',
    shows: 'tasks run and answer no health check: the likely cause is the health check',
    target: TARGET,
    play: bad({ behaviour: { health: 'fails' } }),
    ends: { cause: 'health-check', ...BACK, also: triaged(/failed their health checks/) },
  },
  {
    name: 'evidence-no-room',
    shows: 'the release asks for more than the quota of vCPUs: the likely cause is placement',
    target: TARGET,
    play: bad({
      how: { definition: { cpu: '4096', memory: '8192' } },
      before: (stage) => void (stage.world.ecs.quota.vcpus = 2),
    }),
    ends: {
      cause: 'placement',
      ...BACK,
      also: allOf(triaged(/could not place/), found('service events', /unable to place a task/)),
    },
  },
  {
    name: 'evidence-dependency',
    shows: 'the release cannot reach its database, which only its log says: the likely cause is a dependency',
    target: TARGET,
    play: bad({
      behaviour: { errorRate: 0.4, logs: ['Error: connect ECONNREFUSED 10.0.9.17:5432'] },
      how: { logGroup: LOG_GROUP },
    }),
    ends: { cause: 'dependency', ...BACK, also: triaged(/ECONNREFUSED 10\.0\.9\.17:5432/) },
  },
  {
    name: 'evidence-unknown',
    shows: 'a share of answers are errors and nothing says why: no cause is named',
    target: TARGET,
    play: bad({ behaviour: { errorRate: 0.4 } }),
    ends: { ...BACK, also: unknown },
  },
];

function unknown(stage: Stage): string | null {
  const text = JSON.stringify(stage.runtime.bus.published.map(({ event }) => event));
  if (!text.includes('"cause":"unknown"')) return 'the event of the end names a cause';
  const isShown = /likely cause/i.test(text) || /likely cause/i.test(channelText(stage));
  return isShown ? 'people read of a cause' : null;
}
