import { openCodeDeployShop, type CodeDeployShop } from '../../local/scenarios/ecs/code-deploy-shop.ts';
import { openExternalShop, type ExternalShop } from '../../local/scenarios/ecs/external-shop.ts';
import { openShop, type Shop } from '../../local/scenarios/ecs/shop.ts';
import { TARGET } from '../../local/scenarios/ecs/target.ts';
import type { Stage } from '../../local/scenarios/stage.ts';
import { isRead } from '@lastgood/embedded-aws/world/service.ts';
import { mechanismOn, openWorld } from './ecs-stage.ts';
import { quotaOf } from '../../src/quotas/quotas.ts';
import { claimed, started, travelled, wanted } from './walk.ts';
import { remembering } from '../../src/rollback/doors.ts';

/**
 * Reads by the rate limit that they take from. AWS publishes those of ECS, which several operations share. ECR has one
 * for each operation, and CodeDeploy's are unknown. A plan searches a load balancer from its top, so its operations count
 * each for itself, too.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
export type Reads = Readonly<Record<string, number>>;

/** The reads of each verb, as a rollback calls them. `settled` is one poll during the way back. */
export interface Measured {
  readonly plan: Reads;
  readonly stop: Reads;
  readonly revert: Reads;
  readonly settled: Reads;
  /** The reads of that poll by the quotas that pace it, and what the plan says that they are. */
  readonly look: { readonly made: Reads; readonly said: Reads };
}

type On = ReturnType<typeof mechanismOn>;

/** A target in one situation. */
export interface Situation extends On {
  readonly stage: Stage;
}

const FAULTY = { errorRate: 1 };

/** Runs the verbs of one rollback, and counts what each reads. */
export async function measured({ stage, mechanism, calls }: Situation): Promise<Measured> {
  const counted = async <Answer>(work: () => Promise<Answer>): Promise<readonly [Answer, Reads]> => {
    const before = calls.length;
    const answer = await work();
    return [answer, readsOf(calls.slice(before))];
  };
  const [plan, planReads] = await counted(async () => {
    const made = await mechanism.plan(wanted(TARGET));
    if (!('to' in made)) throw new Error(`${made.state}: ${made.reason}`);
    return travelled(made);
  });
  const verdict = { verdict: 'act', at: plan.at, reasons: ['it hurts'] } as const;
  const document = remembering({ ...claimed(TARGET), plan, verdict, rung: 0 }, mechanism.memo);
  const [stopped, stop] = await counted(() => mechanism.stop(document));
  const [after, revert] = await counted(() => started(mechanism, { ...document, stopped }));
  await stage.minutes(0.5);
  const before = calls.length;
  const [, settled] = await counted(() => mechanism.settled(after));
  const said = mechanism.takes(document.plan).look.map(({ quota, calls: count }) => [quota, count] as const);
  const look = { made: quotasOf(calls.slice(before)), said: Object.fromEntries(said) };
  return { plan: planReads, stop, revert, settled, look };
}

/** Counts the reads that a look is paced by. */
function quotasOf(calls: On['calls']): Reads {
  return tally(
    calls.flatMap(({ service: { signingName }, operation }) => quotaOf(signingName, operation) ?? []),
  );
}

function tally(names: readonly string[]): Reads {
  return Object.fromEntries(
    [...new Set(names)].toSorted().map((name) => [name, names.filter((other) => other === name).length]),
  );
}

function readsOf(calls: On['calls']): Reads {
  const names = calls
    .filter(({ operation }) => isRead(operation))
    .map(({ service, operation }) => limitOf(service.operations[operation]?.bucket?.name) ?? operation);
  return tally(names);
}

/** Returns the name of a rate limit that AWS publishes for several operations together. */
function limitOf(bucket: string | undefined): string | undefined {
  return bucket?.startsWith('ecs ') === true ? bucket : undefined;
}

/** Opens a service that ECS deploys. */
export async function native(then: (shop: Shop, on: Situation) => Promise<void>): Promise<Situation> {
  const stage = openWorld();
  const shop = await openShop(stage, { proven: false });
  const on = { stage, ...mechanismOn(stage, TARGET, () => stage.world.clock.iso()) };
  await then(shop, on);
  return on;
}

/** Opens a service that CodeDeploy deploys. */
export async function underCodeDeploy(
  then: (shop: CodeDeployShop, on: Situation) => Promise<void>,
  keepsOldMinutes = 60,
): Promise<Situation> {
  const stage = openWorld();
  const shop = await openCodeDeployShop(stage, { keepsOldMinutes });
  const on = { stage, ...mechanismOn(stage, TARGET, () => stage.world.clock.iso()) };
  await then(shop, on);
  return on;
}

/** Opens a service whose task sets an external tool makes. */
export async function external(
  then: (shop: ExternalShop, on: Situation) => Promise<void>,
): Promise<Situation> {
  const stage = openWorld();
  const shop = await openExternalShop(stage);
  const on = { stage, ...mechanismOn(stage, TARGET, () => stage.world.clock.iso()) };
  await then(shop, on);
  return on;
}

/** Deploys a release with ECS, and waits for its end. Returns the ARN of its revision. */
async function released(shop: Shop, { stage }: Situation, ...release: Parameters<Shop['release']>) {
  shop.release(...release);
  await stage.minutes(0.1);
  await shop.deployed();
  await stage.minutes(1);
  return newest(stage).targetServiceRevisionArn ?? '';
}

function newest(stage: Stage) {
  const { serviceDeployments = [] } = stage.call<{
    serviceDeployments?: { serviceDeploymentArn?: string; targetServiceRevisionArn?: string }[];
  }>('ecs', 'ListServiceDeployments', { cluster: 'prod', service: 'checkout' });
  return serviceDeployments[0] ?? {};
}

/** The situations of a service that ECS deploys. */
export const NATIVE = {
  'in flight': () =>
    native(async (shop, { stage }) => {
      shop.release('v2', FAULTY);
      await stage.minutes(0.5);
    }),
  'at rest': () =>
    native(async (shop, on) => {
      await released(shop, on, 'v2', FAULTY);
    }),
  'rolls back natively': () =>
    native(async (shop, { stage }) => {
      shop.release('v2', FAULTY);
      await stage.minutes(0.5);
      const { serviceDeploymentArn } = newest(stage);
      stage.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn, stopType: 'ROLLBACK' });
      await stage.minutes(0.1);
    }),
  'condemned content again': () =>
    native(async (shop, on) => {
      const { ledger, stage } = on;
      ledger.prove(newest(stage).targetServiceRevisionArn ?? '');
      ledger.condemn(await released(shop, on, 'v2', FAULTY));
      await released(shop, on, 'v3', {}, { imageOf: 'v1' });
      await released(shop, on, 'v4', FAULTY, { imageOf: 'v2' });
    }),
  'several candidates': () =>
    native(async (shop, on) => {
      const { ledger, stage } = on;
      ledger.prove(newest(stage).targetServiceRevisionArn ?? '');
      for (const name of ['v2', 'v3', 'v4']) ledger.prove(await released(shop, on, name));
      await released(shop, on, 'v5', FAULTY);
      stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: shop.releases['v4'] });
    }),
  'several releases of one image': () =>
    native(async (shop, on) => {
      for (const name of ['v2', 'v3', 'v4', 'v5', 'v6'])
        await released(shop, on, name, {}, { imageOf: 'v1' });
    }),
  'two hundred deployments': () =>
    native(async (shop, on) => {
      const { stage } = on;
      for (let count = 0; count < 200; count++) {
        shop.update({ forceNewDeployment: true });
        await stage.minutes(0.05);
      }
      await shop.deployed();
      await released(shop, on, 'v2', FAULTY);
    }),
};

/** The situations of a service that CodeDeploy deploys. */
export const CODE_DEPLOY = {
  'in flight': () =>
    underCodeDeploy(async (shop, { stage }) => {
      shop.release('v2', FAULTY);
      await stage.minutes(3);
    }),
  'at rest': () =>
    underCodeDeploy(async (shop, { stage }) => {
      await shop.ended(shop.release('v2', FAULTY));
      await stage.minutes(2);
    }, 0),
  'rolls back natively': () =>
    underCodeDeploy(async (shop, { stage }) => {
      const deploymentId = shop.release('v2', FAULTY);
      await stage.minutes(3);
      stage.call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: true });
      await stage.until('it goes back', () => {
        const { deploymentInfo } = stage.call<{
          deploymentInfo: { rollbackInfo?: { rollbackDeploymentId?: string } };
        }>('codedeploy', 'GetDeployment', { deploymentId });
        return deploymentInfo.rollbackInfo?.rollbackDeploymentId !== undefined;
      });
    }),
  'condemned content again': () =>
    underCodeDeploy(async (shop, { stage, ledger }) => {
      ledger.prove(shop.releases['v1'] ?? '');
      await shop.ended(shop.release('v2', FAULTY));
      ledger.condemn(shop.releases['v2'] ?? '');
      await shop.ended(shop.release('v3', {}, { imageOf: 'v1' }));
      await shop.ended(shop.release('v4', FAULTY, { imageOf: 'v2' }));
      await stage.minutes(2);
    }, 0),
  'several candidates': () =>
    underCodeDeploy(async (shop, { stage, ledger }) => {
      ledger.prove(shop.releases['v1'] ?? '');
      for (const name of ['v2', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8']) {
        await shop.ended(shop.release(name));
        ledger.prove(shop.releases[name] ?? '');
      }
      await shop.ended(shop.release('v9', FAULTY));
      await stage.minutes(2);
      for (const name of ['v7', 'v8'])
        stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: shop.releases[name] });
    }, 0),
};

/** The situations of a service whose task sets an external tool makes. */
export const EXTERNAL = {
  'in flight': () =>
    external(async (shop) => {
      await shop.release('v2', FAULTY, { share: 30 });
    }),
  'at rest': () =>
    external(async (shop) => {
      await shop.release('v2', FAULTY);
    }),
  'condemned content again': () =>
    external(async (shop, { ledger }) => {
      ledger.prove(shop.releases['v1'] ?? '');
      await shop.release('v2', FAULTY);
      ledger.condemn(shop.releases['v2'] ?? '');
      await shop.remove('v1');
      await shop.release('v3', {}, { imageOf: 'v1' });
      await shop.remove('v2');
      await shop.release('v4', FAULTY, { imageOf: 'v2' });
    }),
  'several candidates': () =>
    external(async (shop, { stage, ledger }) => {
      ledger.prove(shop.releases['v1'] ?? '');
      let before = 'v1';
      for (const name of ['v2', 'v3', 'v4']) {
        await shop.release(name);
        ledger.prove(shop.releases[name] ?? '');
        await shop.remove(before);
        before = name;
      }
      await shop.release('v5', FAULTY);
      await shop.remove('v4');
      stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: shop.releases['v4'] });
    }),
};
