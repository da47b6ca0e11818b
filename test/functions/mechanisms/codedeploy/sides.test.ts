import { describe, expect, it } from 'vitest';
import { CodeDeployWorld, idOf, NAMES } from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';
import { createMechanism } from '../../../../functions/mechanisms/codedeploy/mechanism.ts';
import { writeShift } from '../../../../functions/mechanisms/codedeploy/app-spec.ts';
import type {
  CodeDeploy,
  Deployment,
  Group,
} from '../../../../functions/mechanisms/codedeploy/codedeploy.ts';
import { again, followed } from '../../../contract/follow.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import { stage, TARGET } from './stage.ts';

const ON = { lastgood: 'auto', 'lastgood:lookout': 'act' };
const tagged = (tags: Readonly<Record<string, string>>) => ({
  tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});

/** Deploys v1, and then v2. */
async function over(then: (world: CodeDeployWorld) => Promise<unknown>, tags: object = ON) {
  const world = new CodeDeployWorld(tagged(tags as Readonly<Record<string, string>>));
  world.deploy('v1');
  await world.ended();
  await world.pass(600);
  world.deploy('v2');
  await then(world);
  const set = stage(world);
  const begun = followed(TARGET, world.world.clock.iso());
  return { ...set, begun, read: (before = begun) => set.mechanism.sides(before) };
}

describe('the sides of a deployment to instances', () => {
  it('are both bundles, whether it is in flight or has ended', async () => {
    const { read, begun, world } = await over((one) => one.pass(20));
    const sides = await read();
    expect(sides).toMatchObject({
      state: 'sides',
      deployment: world.newest(),
      newer: { revision: { id: idOf('v2') } },
      older: { revision: { id: idOf('v1') } },
    });
    expect(sides).not.toHaveProperty('finishedAt');
    await world.ended();
    expect(await read(again(begun, sides))).toMatchObject({
      state: 'sides',
      finishedAt: expect.any(String) as string,
    });
  });

  it('cost two calls where the group is not followed', async () => {
    const { read, calls } = await over((one) => one.pass(20), { lastgood: 'auto' });
    calls.length = 0;
    expect(await read()).toMatchObject({
      state: 'none',
      reason: 'The deployment group has no tag lastgood:lookout.',
    });
    expect(calls).toEqual(['GetDeploymentGroup', 'ListTagsForResource']);
  });

  it('are none for a native rollback and after it, for a restart, and for a first deployment', async () => {
    const back = await over(async (world) => {
      await world.pass(20);
      world.call('StopDeployment', { deploymentId: world.newest(), autoRollbackEnabled: true });
      await world.pass(15);
    });
    expect(await back.read()).toMatchObject({ reason: expect.stringMatching(/ back natively\.$/) as string });
    await back.world.ended();
    expect(await back.read()).toMatchObject({ reason: expect.stringMatching(/ is a way back\.$/) as string });

    const restarted = await over(async (world) => {
      await world.ended();
      const { revision } = world.show(world.deploy('v3', {}, { eTag: true }));
      await world.ended();
      world.call('CreateDeployment', { ...NAMES, revision });
      await world.pass(20);
    });
    expect(await restarted.read()).toMatchObject({
      reason: expect.stringMatching(/: this is a restart\.$/) as string,
    });

    const world = new CodeDeployWorld(tagged(ON));
    world.deploy('v1');
    await world.pass(20);
    const first = stage(world).mechanism.sides(followed(TARGET, world.world.clock.iso()));
    expect(await first).toMatchObject({
      reason: expect.stringMatching(/ is the first that is known/) as string,
    });
  });
});

const GROUP: Group = {
  name: { application: 'shop', group: 'fleet' },
  platform: 'Lambda',
  ...{ alarms: [], targetGroups: [], autoScalingGroups: [], services: [] },
  ...{ isBlueGreen: true, discoversInstances: false, lastAttempted: null, lastSuccessful: null },
};
const NOW = '2026-11-22T03:00:00.000Z';

/** Returns the answer of a group to `sides`, by what CodeDeploy says. */
function answerOf(group: Partial<Group>, deployments: readonly Partial<Deployment>[] = []) {
  const found = deployments.map((one) => ({
    ...{ id: 'd-1', status: 'InProgress', createdAt: NOW, finishedAt: null, creator: 'user' },
    ...{ description: '', error: '', rolledBackBy: null, rollsBack: null, rollbackMessage: '' },
    ...{
      isToBeRolledBack: false,
      endedByItself: false,
      divides: false,
      hasMoved: false,
      size: 0,
      missed: 0,
      instances: null,
    },
    ...{ revision: {}, ...one },
  }));
  const codedeploy = {
    group: () => Promise.resolve({ ...GROUP, ...group }),
    tags: () => Promise.resolve(ON),
    deployments: () => Promise.resolve(found),
    revisions: (_: string, all: readonly object[]) => Promise.resolve(all),
  } as unknown as CodeDeploy;
  return createMechanism({
    codedeploy,
    bundles: null as never,
    targetGroups: { named: () => Promise.resolve([]) },
    alias: () => Promise.resolve(null),
    reserved: () => Promise.resolve(null),
    ledger: new FakeEntries(TARGET),
    now: () => NOW,
  }).sides(followed(TARGET, NOW));
}

describe('the sides of a shift of an alias', () => {
  it('are the versions that it names, though CodeDeploy never deployed the older one', async () => {
    const revision = writeShift({ functionName: 'checkout', alias: 'live', current: '7', target: '8' });
    const sides = await answerOf({}, [{ revision }]);
    expect(sides).toMatchObject({
      state: 'sides',
      newer: { revision: { id: 'checkout:8' } },
      older: { revision: { id: 'checkout:7' } },
    });
    const measured = 'meters' in sides ? sides.meters : [];
    expect(new Set(measured.map(({ revision: of }) => of))).toEqual(
      new Set([undefined, 'checkout:7', 'checkout:8']),
    );
  });
});

describe('the sides of a group that deploys a service of ECS', () => {
  it('are those of the service', async () => {
    expect(await answerOf({ platform: 'ECS', services: ['prod/checkout'] })).toEqual({
      state: 'none',
      reason: 'It deploys ecs:prod/checkout, which is followed as a target of its own.',
      instead: { kind: 'ecs', target: 'ecs:prod/checkout' },
    });
  });
});
