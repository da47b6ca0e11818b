import { describe, expect, it } from 'vitest';
import { planned, reverted, started, stopped, wanted } from '../../../contract/walk.ts';
import {
  CodeDeployWorld,
  failLast,
  idOf,
  NAMES,
  succeedsWithOneFailed,
} from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';
import { stage, TARGET } from './stage.ts';

async function over(settings = {}, bundle = {}) {
  const world = new CodeDeployWorld(settings);
  world.deploy('v1');
  await world.ended();
  await world.pass(600);
  const bad = world.deploy('v2', bundle);
  await world.pass(20);
  return { ...stage(world), bad };
}

describe('in flight', () => {
  it('is stopped with a rollback by CodeDeploy, which Settle polls to its end', async () => {
    const { mechanism, world, bad } = await over();
    const document = await planned(mechanism, TARGET);
    expect(document.plan).toMatchObject({
      deployment: { id: bad, state: 'in-flight', isRollback: false },
      rungs: [{ name: 'stop-deployment' }, { name: 'redeploy' }],
    });
    const under = await started(mechanism, await stopped(mechanism, document));
    expect(under.reverted).toMatchObject({ state: 'joined', deployment: bad });
    await world.ended();
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled' });
  });

  it('is deployed over if it succeeded before the stop', async () => {
    const { mechanism, world, calls } = await over();
    const document = await planned(mechanism, TARGET);
    await world.ended();
    const after = await stopped(mechanism, document);
    expect(after.stopped).toEqual({ state: 'not-running' });
    const first = await reverted(mechanism, after);
    expect(first.reverted).toMatchObject({ state: 'failed', more: true });
    const { reverted: second } = await started(mechanism, first);
    expect(second).toMatchObject({ state: 'started', rung: 1 });
    expect(calls.filter((call) => call === 'CreateDeployment')).toHaveLength(1);
  });

  it('is only stopped if the bundle that CodeDeploy would restore is gone', async () => {
    const world = new CodeDeployWorld();
    for (const name of ['v0', 'v1']) {
      world.deploy(name);
      await world.ended();
    }
    world.deploy('v2');
    await world.pass(20);
    world.world.bundles.remove('bundles', 'v1.zip');
    const { plan } = await planned(stage(world).mechanism, TARGET);
    expect(plan).toMatchObject({ to: { id: idOf('v0') }, rungs: [{ name: 'redeploy' }] });
  });

  it('asks CodeDeploy for no revision that it deployed, because it forgets none', async () => {
    const { mechanism, calls } = await over();
    const { plan } = await planned(mechanism, TARGET);
    expect(plan).toMatchObject({ to: { id: idOf('v1') }, rungs: [{ name: 'stop-deployment' }, {}] });
    expect(calls).not.toContain('GetApplicationRevision');
  });

  it('is rolled back by CodeDeploy in blue/green, whose original instances have the bundle', async () => {
    const world = new CodeDeployWorld();
    world.deploy('v1');
    await world.ended();
    world.deploy('v2');
    await world.pass(20);
    world.world.bundles.remove('bundles', 'v1.zip');
    const { mechanism, codedeploy } = stage(world);
    const group = await codedeploy.group({ application: 'shop', group: 'fleet' });
    codedeploy.group = () => Promise.resolve({ ...group!, isBlueGreen: true });
    const { plan } = await planned(mechanism, TARGET);
    expect(plan).toMatchObject({ to: { id: idOf('v1') }, rungs: [{ name: 'stop-deployment' }] });
    expect(plan.notes?.join()).toContain(
      "only CodeDeploy's own rollback can bring it back: it is no longer at",
    );
  });

  it('is only stopped if CodeDeploy would restore a condemned revision', async () => {
    const world = new CodeDeployWorld();
    for (const name of ['v0', 'v1']) {
      world.deploy(name);
      await world.ended();
    }
    const bad = world.deploy('v2');
    await world.pass(20);
    const { mechanism, ledger } = stage(world);
    ledger.condemn(idOf('v1'));
    const document = await planned(mechanism, TARGET);
    expect(document.plan).toMatchObject({ to: { id: idOf('v0') }, rungs: [{ name: 'redeploy' }] });
    const after = await stopped(mechanism, document);
    expect(after.stopped).toMatchObject({ state: 'stopped', deployment: bad });
    expect(await mechanism.stop(document)).toMatchObject({ state: 'stopped', deployment: bad });
    expect(world.show(bad).rollbackInfo).toEqual({});
    const under = await started(mechanism, after);
    await world.ended();
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled' });
  });

  it.each([
    ['by Stop', true],
    ['by Revert, where Stop did not get to it', false],
  ])('is polled while it is being stopped %s, once, until it has ended', async (_by, isStopped) => {
    const world = new CodeDeployWorld();
    for (const name of ['v0', 'v1']) {
      world.deploy(name);
      await world.ended();
    }
    const bad = world.deploy('v2');
    await world.pass(20);
    world.world.codedeploy.stopsAfter(60);
    const { mechanism, ledger, calls } = stage(world);
    ledger.condemn(idOf('v1'));
    const document = await planned(mechanism, TARGET);
    const waiting = await started(mechanism, isStopped ? await stopped(mechanism, document) : document);
    expect(waiting.reverted).toMatchObject({ state: 'started', deployment: bad });
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'pending' });
    await world.pass(60);
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'due' });
    const under = await started(mechanism, waiting);
    await world.ended();
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled' });
    expect(calls.filter((call) => call === 'StopDeployment' || call === 'CreateDeployment')).toEqual([
      'StopDeployment',
      'CreateDeployment',
    ]);
  });
});

describe("CodeDeploy's own rollback", () => {
  it('is stopped, not joined, if its bundle is gone', async () => {
    const world = new CodeDeployWorld();
    for (const name of ['v0', 'v1']) {
      world.deploy(name);
      await world.ended();
    }
    const deploymentId = world.deploy('v2');
    await world.pass(20);
    world.call('StopDeployment', { deploymentId, autoRollbackEnabled: true });
    await world.pass(8);
    world.world.bundles.remove('bundles', 'v1.zip');
    const { plan } = await planned(stage(world).mechanism, TARGET);
    expect(plan).toMatchObject({ state: 'ready', to: { id: idOf('v0') }, rungs: [{ name: 'redeploy' }] });
  });

  it('is stopped, not joined, if it restores a condemned revision', async () => {
    const world = new CodeDeployWorld();
    for (const name of ['v0', 'v1']) {
      world.deploy(name);
      await world.ended();
    }
    const deploymentId = world.deploy('v2');
    await world.pass(20);
    world.call('StopDeployment', { deploymentId, autoRollbackEnabled: true });
    await world.pass(15);
    const { mechanism, ledger } = stage(world);
    ledger.condemn(idOf('v1'));
    const document = await planned(mechanism, TARGET);
    expect(document.plan).toMatchObject({ state: 'ready', to: { id: idOf('v0') } });
    const after = await stopped(mechanism, document);
    expect(after.stopped).toMatchObject({ state: 'stopped', deployment: world.newest() });
    const under = await started(mechanism, after);
    await world.ended();
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled' });
  });

  it('has failed if it restored another revision', async () => {
    const { mechanism, world } = await over();
    const under = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    await world.ended();
    const to = { id: idOf('v9'), name: 'v9' };
    expect(await mechanism.settled({ ...under, plan: { ...under.plan, to } })).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('not to v9') as string,
    });
  });
});

describe('after completion', () => {
  it('deploys again without failing on alarms, scripts or left-over files', async () => {
    const { mechanism, world } = await over({
      // The alarm is only put later, and CodeDeploy stops where it cannot read one.
      alarmConfiguration: { enabled: true, ignorePollAlarmFailure: true, alarms: [{ name: 'errors' }] },
    });
    await world.ended();
    world.alarm('errors');
    const under = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    expect(world.show(under.reverted.deployment)).toMatchObject({
      overrideAlarmConfiguration: { enabled: false },
      autoRollbackConfiguration: { enabled: false },
      ignoreApplicationStopFailures: true,
      fileExistsBehavior: 'OVERWRITE',
    });
    expect(under.plan.watch.alarms).toEqual(['errors']);
    await world.ended();
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled' });
  });

  it('is never rolled back afterwards', async () => {
    const { mechanism, world } = await over();
    await world.ended();
    await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    await world.ended();
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({ deployment: { isRollback: true } });
  });

  it('takes the last proven revision, and passes over one that CodeDeploy forgot', async () => {
    const { mechanism, world, ledger } = await over();
    await world.ended();
    ledger.prove(idOf('v1'));
    ledger.prove('s3://bundles/forgotten.zip?type=zip');
    const { plan } = await planned(mechanism, TARGET);
    expect(plan).toMatchObject({ source: 'ledger', to: { id: idOf('v1') } });
    expect(plan.notes?.join()).toContain('CodeDeploy no longer knows it');
  });

  it('passes over a revision that never succeeded', async () => {
    const world = new CodeDeployWorld();
    world.deploy('v1');
    await world.ended();
    world.deploy('broken', { validateService: 'fails' });
    await world.ended();
    world.deploy('v2');
    await world.ended();
    const { plan } = await planned(stage(world).mechanism, TARGET);
    expect(plan.to.id).toBe(idOf('v1'));
  });

  it('says so if the bundle was overwritten', async () => {
    const world = new CodeDeployWorld();
    for (const bundle of [{}, { latency: 0.1 }]) {
      world.deploy('v', bundle, { eTag: true });
      await world.ended();
    }
    const plan = await stage(world).mechanism.plan(wanted(TARGET));
    expect(plan).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('overwritten') as string,
    });
  });

  it('passes over a bundle that is gone from S3, and says so if it was the last', async () => {
    const world = new CodeDeployWorld();
    for (const name of ['v0', 'v1', 'v2']) {
      world.deploy(name);
      await world.ended();
    }
    world.world.bundles.remove('bundles', 'v1.zip');
    const { mechanism } = stage(world);
    const { plan } = await planned(mechanism, TARGET);
    expect(plan).toMatchObject({ to: { id: idOf('v0') }, rungs: [{ name: 'redeploy' }] });
    expect(plan.notes).toEqual(['passed over v1.zip: it is no longer at s3://bundles/v1.zip']);
    world.world.bundles.remove('bundles', 'v0.zip');
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({ state: 'no-way-back' });
    await expect(planned(mechanism, TARGET, { revision: idOf('v1') })).rejects.toThrow('is no longer at');
  });

  it('notes nothing if the bundle is there, and notes if Lastgood may not read the bucket', async () => {
    const { mechanism, world } = await over();
    await world.ended();
    expect((await planned(mechanism, TARGET)).plan.notes).toEqual([]);
    const blind = stage(world, TARGET, '').mechanism;
    const { notes = [] } = (await planned(blind, TARGET)).plan;
    expect(notes.join()).toMatch(/^it is unknown whether v1.zip can still be fetched: its bucket, bundles,/);
  });

  it('does not read GitHub, and says so', async () => {
    const world = new CodeDeployWorld();
    const gitHubLocation = { repository: 'acme/shop', commitId: 'a'.repeat(40) };
    const { mechanism, ledger } = stage(world);
    world.call('RegisterApplicationRevision', {
      applicationName: 'shop',
      revision: { revisionType: 'GitHub', gitHubLocation },
    });
    ledger.prove(`github:acme/shop@${'a'.repeat(40)}`);
    world.deploy('v2');
    await world.ended();
    const { plan } = await planned(mechanism, TARGET);
    expect(plan).toMatchObject({ source: 'ledger', to: { id: `github:acme/shop@${'a'.repeat(40)}` } });
    expect(plan.notes?.join()).toContain('it is on GitHub, in acme/shop, which Lastgood does not read');
  });

  it('names the failure if the bundle is gone from S3 by then', async () => {
    const { mechanism, world } = await over();
    await world.ended();
    const under = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    world.world.bundles.remove('bundles', 'v1.zip');
    await world.ended();
    const look = await mechanism.settled(under);
    expect(look).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('HEALTH_CONSTRAINTS') as string,
    });
  });
});

describe('a deployment that failed', () => {
  const ROLLS_BACK = { autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } };

  it('is joined before its rollback exists', async () => {
    const { mechanism, world, bad } = await over(ROLLS_BACK, { validateService: 'fails' });
    await world.world.clock.run(() => world.show(bad).status === 'Failed');
    expect(world.show(bad).rollbackInfo).toEqual({});
    const document = await planned(mechanism, TARGET);
    expect(document.plan).toMatchObject({ state: 'join', deployment: { state: 'rolling-back' } });
    const under = await started(mechanism, await stopped(mechanism, document));
    await world.ended();
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled' });
  });

  it('is nothing to do after it was rolled back', async () => {
    const { mechanism, world } = await over(ROLLS_BACK, { validateService: 'fails' });
    await world.ended();
    const plan = await mechanism.plan(wanted(TARGET));
    expect(plan).toMatchObject({
      state: 'nothing-to-do',
      reason: expect.stringContaining('v1.zip') as string,
    });
  });

  it('is rolled back if CodeDeploy does not', async () => {
    const { mechanism, world } = await over({}, { validateService: 'fails' });
    await world.ended();
    const { plan } = await planned(mechanism, TARGET);
    expect(plan).toMatchObject({ deployment: { state: 'failed' }, rungs: [{ name: 'redeploy' }] });
  });
});

describe('a requested revision', () => {
  it.each(['s3://bundles/v1.zip?type=rar', 's3://bundles/v9.zip?type=zip', 'checkout:7', 'v1'])(
    'is refused with the name of its field if it does not exist: %s',
    async (revision) => {
      const { mechanism, world } = await over();
      await world.ended();
      await expect(mechanism.plan(wanted(TARGET, { revision }))).rejects.toMatchObject({
        name: 'InvalidRequest',
        field: 'request.revision',
      });
    },
  );
});

describe('an unsupported group', () => {
  it('was never deployed to: there is no way back', async () => {
    const { mechanism } = stage(new CodeDeployWorld());
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({ state: 'no-way-back' });
  });

  it('deploys a service of ECS: the plan names that target, and skips an event of CodeDeploy', async () => {
    const { mechanism, codedeploy } = stage(new CodeDeployWorld());
    const group = await codedeploy.group({ application: 'shop', group: 'fleet' });
    const ecs = { ...group!, platform: 'ECS', services: ['prod/checkout'] };
    codedeploy.group = () => Promise.resolve(ecs);
    await expect(mechanism.plan(wanted(TARGET))).rejects.toMatchObject({
      name: 'UnsupportedTarget',
      message: expect.stringContaining('ecs:prod/checkout') as string,
    });
    const trigger = {
      type: 'deployment',
      id: 'd-1',
      at: '2026-11-22T03:00:00.000Z',
      deployment: 'd-1',
    } as const;
    expect(await mechanism.plan(wanted(TARGET, { trigger }))).toMatchObject({
      state: 'nothing-to-do',
      reason: 'it deploys ecs:prod/checkout, which is judged as a target of its own',
    });
  });

  it('is gone when Settle polls', async () => {
    const { mechanism, world } = await over();
    const under = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    world.call('DeleteDeploymentGroup', NAMES);
    expect(await mechanism.settled(under)).toMatchObject({ state: 'failed', isGone: true });
  });
});

describe('a deployment that CodeDeploy reports as succeeded', () => {
  it('has not restored the service while one of its instances failed', async () => {
    const { mechanism, world } = await over();
    await world.ended();
    const under = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    await failLast(world, 'v1');
    expect(await mechanism.settled(under)).toEqual({
      state: 'failed',
      reason: expect.stringContaining('has not brought v1.zip to 1 of its instances') as string,
    });
  });

  it('is a worse candidate than one that reached every instance', async () => {
    const world = new CodeDeployWorld();
    for (const name of ['v0', 'v1']) {
      world.deploy(name);
      await world.ended();
    }
    await succeedsWithOneFailed(world, 'half');
    world.deploy('v2');
    await world.ended();
    const { mechanism, ledger } = stage(world);
    expect((await planned(mechanism, TARGET)).plan).toMatchObject({ to: { id: idOf('v1') }, notes: [] });
    ledger.condemn(idOf('v1'));
    expect((await planned(mechanism, TARGET)).plan).toMatchObject({ to: { id: idOf('v0') }, notes: [] });
  });

  it('is taken if there is nothing better, and the plan says what it missed', async () => {
    const world = new CodeDeployWorld();
    const half = await succeedsWithOneFailed(world, 'v1');
    world.deploy('v2');
    await world.ended();
    const { plan } = await planned(stage(world).mechanism, TARGET);
    expect(plan).toMatchObject({ source: 'deployments', to: { id: idOf('v1') } });
    expect(plan.notes).toEqual([`deployment ${half} had not brought v1.zip to 1 of its instances`]);
  });

  it('does not count as a rollback by CodeDeploy if it missed instances', async () => {
    const settings = { autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } };
    const { mechanism, world, bad } = await over(settings, { validateService: 'fails' });
    await failLast(world, 'v1');
    const { plan } = await planned(mechanism, TARGET);
    expect(plan).toMatchObject({
      state: 'ready',
      deployment: { id: bad, state: 'failed', isRollback: false },
      to: { id: idOf('v1') },
      rungs: [{ name: 'redeploy' }],
    });
  });

  it.each([
    ['runs', (world: CodeDeployWorld) => world.ended(), /^v2.zip already runs$/],
    ['missed some', (world: CodeDeployWorld) => failLast(world, 'v2'), /which missed 1 of its instances$/],
    [
      'failed',
      async (world: CodeDeployWorld) => {
        world.world.bundles.remove('bundles', 'v2.zip');
        await world.ended();
      },
      /is the revision of deployment d-\w+, which is Failed$/,
    ],
    ['is under way', () => Promise.resolve(), /^v2.zip is already being rolled out$/],
  ])('runs only if it reached every instance: %s', async (_, end, reason) => {
    const { mechanism, world } = await over();
    await end(world);
    expect(await mechanism.plan(wanted(TARGET, { revision: idOf('v2') }))).toMatchObject({
      state: 'nothing-to-do',
      reason: expect.stringMatching(reason) as string,
    });
  });
});
