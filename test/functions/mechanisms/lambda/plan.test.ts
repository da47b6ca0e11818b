import { describe, expect, it } from 'vitest';
import { BAD, GOOD, type LambdaWorld } from '@lastgood/embedded-aws/test/world/lambda-world.ts';
import { deploymentId } from '../../../../functions/mechanisms/lambda/deployment-id.ts';
import { createMechanism } from '../../../../functions/mechanisms/lambda/mechanism.ts';
import { toAlias } from '../../../../functions/mechanisms/lambda/from-aws.ts';
import { after } from '../../../../src/rollback/time.ts';
import { wanted } from '../../../contract/walk.ts';
import { stage, TARGET, type Stage } from './stage.ts';

/** Publishes this many more versions. */
function publish(world: LambdaWorld, count: number): void {
  for (let n = 0; n < count; n++) world.publish(GOOD);
}

describe('the reads of a plan', () => {
  const ALERT = {
    trigger: { type: 'alarm', id: 'a', at: '2026-11-22T04:00:00.000Z', alarm: 'red' },
  } as const;

  /** Version 1 is proven with its content, and version 2 is bad. */
  async function known() {
    const set = stage();
    const proven = await set.lambda.version('checkout', '1');
    set.ledger.list.length = 0;
    set.ledger.prove('1', undefined, proven?.content);
    set.world.update({ FunctionVersion: set.world.publish(BAD) });
    tag(set.world, 'auto');
    set.calls.length = 0;
    return set;
  }

  const tag = (world: LambdaWorld, lastgood: string) =>
    world.call('TagResource', { Resource: world.arn, Tags: { lastgood } });

  it('are the alias, the version that it introduces, and the reserved concurrency', async () => {
    const { plan, calls } = await known();
    const made = await plan(ALERT);
    expect(made).toMatchObject({ state: 'ready', to: { id: '1', name: 'checkout:1' } });
    expect(made).not.toHaveProperty('changes');
    expect(calls.filter((operation) => operation !== 'ListTags')).toEqual([
      'GetAlias',
      'GetFunctionConfiguration',
      'GetFunctionConcurrency',
    ]);
  });

  it('are the other version too, if a person sees the plan: it lists the changes', async () => {
    const { plan, world, calls } = await known();
    expect(await plan()).toHaveProperty('changes', [expect.stringMatching(/^code: sha256/)]);
    tag(world, 'approve');
    calls.length = 0;
    expect(await plan(ALERT)).toHaveProperty('changes');
    expect(calls.filter((operation) => operation === 'GetFunctionConfiguration')).toHaveLength(2);
  });

  it('are the other version too, where nothing is written or the plan is made again', async () => {
    const { plan, world, mechanism } = await known();
    const again = { ...wanted(TARGET, ALERT), verdict: {} };
    expect(await mechanism.plan(again)).toHaveProperty('changes');
    tag(world, 'observe');
    expect(await plan(ALERT)).toHaveProperty('changes');
  });

  it('are a candidate too whose content the ledger does not know', async () => {
    const { plan, ledger, calls } = await known();
    ledger.list.length = 0;
    ledger.prove('1');
    expect(await plan(ALERT)).toMatchObject({ state: 'ready', to: { id: '1' } });
    expect(calls.filter((operation) => operation === 'GetFunctionConfiguration')).toHaveLength(2);
  });

  it('say that a reserved concurrency of 0 runs nothing', async () => {
    const { plan, world } = await known();
    world.call('PutFunctionConcurrency', { FunctionName: 'checkout', ReservedConcurrentExecutions: 0 });
    const wantsNone = 'The reserved concurrency of checkout is 0';
    expect(await plan(ALERT)).toMatchObject({ state: 'ready', wantsNone });
    expect(await plan()).not.toHaveProperty('wantsNone');
  });

  it('recognise the content of the suspect by what the ledger knows', async () => {
    const { plan, ledger, lambda } = await known();
    const content = (await lambda.version('checkout', '2'))?.content;
    ledger.list.length = 0;
    ledger.prove('1', undefined, content);
    expect(await plan(ALERT)).toMatchObject({ state: 'nothing-to-do' });
  });
});

describe('plans the way back', () => {
  it('from a release, in one call with its weights cleared', async () => {
    const { world, plan } = stage();
    world.update({ FunctionVersion: world.publish(BAD) });
    expect(await plan()).toMatchObject({
      state: 'ready',
      source: 'ledger',
      from: { id: '2', name: 'checkout:2' },
      to: { id: '1', name: 'checkout:1' },
      rungs: [{ name: 'update-alias', withinSeconds: 900 }],
      deployment: { state: 'completed', revision: { id: '2' }, isRollback: false },
    });
  });

  it('from a canary, which is in flight', async () => {
    const { world, plan } = stage();
    world.canary(world.publish(BAD), 0.1);
    expect(await plan()).toMatchObject({
      state: 'ready',
      from: { id: '2' },
      to: { id: '1' },
      deployment: { state: 'in-flight', id: expect.stringMatching(/^1 90%, 2 10%@/) as string },
    });
  });

  it('from a canary to the version beside it, even if nothing is proven yet', async () => {
    const { world, ledger, plan } = stage();
    ledger.list.length = 0;
    world.canary(world.publish(BAD), 0.1);
    expect(await plan()).toMatchObject({ state: 'ready', source: 'deployments', to: { id: '1' } });
  });

  it('to the newest proven version, not to the number before, and never to a condemned one', async () => {
    const { world, ledger, plan } = stage();
    publish(world, 3);
    world.update({ FunctionVersion: '4' });
    ledger.prove('2', '2026-11-22T01:00:00.000Z');
    expect(await plan()).toMatchObject({ to: { id: '2' } });
    ledger.condemn('2');
    ledger.list.splice(1, 1);
    expect(await plan()).toMatchObject({ to: { id: '1' } });
  });

  it('from a proven version to the one that was proven before it', async () => {
    const { world, ledger, plan } = stage();
    world.update({ FunctionVersion: world.publish(BAD) });
    ledger.prove('2', '2026-11-22T01:00:00.000Z');
    expect(await plan()).toMatchObject({ from: { id: '2' }, to: { id: '1' } });
  });

  it('past a version that was deleted, and says so', async () => {
    const { world, ledger, plan } = stage();
    publish(world, 2);
    world.update({ FunctionVersion: '3' });
    ledger.prove('2', '2026-11-22T01:00:00.000Z');
    world.call('DeleteFunction', { FunctionName: 'checkout', Qualifier: '2' });
    expect(await plan()).toMatchObject({
      to: { id: '1' },
      notes: expect.arrayContaining(['passed over checkout:2: it was deleted']) as string[],
    });
  });

  it.each([
    ['Inactive', '1'],
    ['Failed', '1'],
  ] as const)('past a proven version that is %s, where another can be invoked at once', async (state, to) => {
    const { world, ledger, plan } = stage();
    publish(world, 2);
    world.update({ FunctionVersion: '3' });
    ledger.prove('2', '2026-11-22T01:00:00.000Z');
    world.lambda.let('checkout', '2', state);
    expect(await plan()).toMatchObject({ state: 'ready', to: { id: to } });
  });

  it('to an inactive version if there is no other, with a warning', async () => {
    const { world, plan } = stage();
    world.update({ FunctionVersion: world.publish(BAD) });
    world.lambda.let('checkout', '1', 'Inactive');
    expect(await plan()).toMatchObject({
      state: 'ready',
      to: { id: '1' },
      notes: expect.arrayContaining([expect.stringContaining('checkout:1 is Inactive')]) as string[],
    });
  });

  it('with the time that provisioned concurrency takes, and a note for a person where the alias has it', async () => {
    const { world, plan } = stage();
    world.provision();
    world.update({ FunctionVersion: world.publish(BAD) });
    await world.pass(200);
    expect(await plan()).toMatchObject({
      state: 'ready',
      rungs: [{ withinSeconds: 900 }],
      notes: expect.arrayContaining([expect.stringContaining('has provisioned concurrency')]) as string[],
    });
  });

  it('from the other version, if an operator requests the one that is being introduced', async () => {
    const { world, plan } = stage();
    world.canary(world.publish(GOOD), 0.1);
    expect(await plan({ revision: '2' })).toMatchObject({ from: { id: '1' }, to: { id: '2' } });
  });

  it('watched by the alarms and probes of the tags, and by the alarm that fired', async () => {
    const { world, plan } = stage();
    const Tags = { 'lastgood:alarms': 'carts', 'lastgood:probe': 'https://shop.example/health' };
    world.call('TagResource', { Resource: world.arn, Tags });
    world.update({ FunctionVersion: world.publish(BAD) });
    await world.pass(300);
    const trigger = { type: 'alarm', id: 'x', at: world.clock.iso(), alarm: 'errors' } as const;
    expect(await plan({ trigger })).toMatchObject({
      watch: { targetGroups: [], alarms: ['carts', 'errors'], probes: ['https://shop.example/health'] },
    });
  });
});

describe('the facts in a plan for an alias', () => {
  const saw = (
    { world, ledger }: Stage,
    deployment: string,
    state: 'candidate' | 'observed' = 'candidate',
  ) => {
    const completedAt = world.clock.iso();
    ledger.list.unshift({ state, target: TARGET, deployment, completedAt, soakUntil: completedAt });
  };

  it('include the meters of the alias and of its versions', async () => {
    const { world, plan } = stage();
    world.canary(world.publish(BAD), 0.1);
    const { meters = [] } = await plan();
    const dimensions = { FunctionName: 'checkout', Resource: 'checkout:live' };
    const errors = { metric: 'errors', namespace: 'AWS/Lambda', name: 'Errors', stat: 'Sum' };
    expect(meters.filter(({ metric }) => metric === 'errors')).toEqual([
      { ...errors, dimensions },
      { ...errors, dimensions: { ...dimensions, ExecutedVersion: '2' }, revision: '2' },
      { ...errors, dimensions: { ...dimensions, ExecutedVersion: '1' }, revision: '1' },
    ]);
    expect(new Set(meters.map(({ name }) => name))).toEqual(new Set(['Invocations', 'Errors', 'Duration']));
  });

  it('show nothing to do if the alias was changed but still names the proven version', async () => {
    const set = stage();
    saw(set, '1@before', 'observed');
    await set.world.pass(3600);
    set.world.update({ Description: 'another' });
    saw(set, deploymentId(toAlias(set.world.live)));
    const at = set.world.clock.iso();
    const trigger = { type: 'alarm', id: 'x', at: after(at, 180), alarm: 'red' } as const;
    expect(await set.plan({ trigger })).toMatchObject({
      state: 'nothing-to-do',
      reason:
        'the alias live was changed but still names checkout:1, which was proven: going back would change nothing',
    });
    expect(await set.plan()).toMatchObject({ state: 'no-way-back' });
  });

  describe('that a person divided by weights after the onset', () => {
    /** Releases version 2, which hurts, and then changes the alias. Returns a plan for the alarm. */
    async function divided(change: Parameters<Stage['world']['update']>[0], isProven = false) {
      const set = stage();
      const { world, ledger } = set;
      saw(set, deploymentId(toAlias(world.live)));
      await world.pass(3600);
      const since = world.clock.iso();
      world.update({ FunctionVersion: world.publish(BAD) });
      await world.pass(60);
      saw(set, deploymentId(toAlias(world.live)));
      if (isProven) ledger.prove('2', world.clock.iso());
      await world.pass(60);
      world.update(change);
      await world.pass(60);
      saw(set, deploymentId(toAlias(world.live)));
      const onset = { at: since, until: after(since, 60) };
      const trigger = { type: 'alarm', id: 'x', at: after(since, 300), alarm: 'red', onset } as const;
      return set.plan({ trigger });
    }

    it('offer the whole traffic to the main version, where the bad one keeps a share', async () => {
      const RoutingConfig = { AdditionalVersionWeights: { 2: 0.1 } };
      const found = await divided({ FunctionVersion: '1', RoutingConfig });
      expect(found).toMatchObject({ state: 'ready', from: { id: '2' }, to: { id: '1' } });
      expect(found).not.toHaveProperty('suspect');
    });

    it('offer the whole traffic to the proven version, where it gets only a share', async () => {
      const RoutingConfig = { AdditionalVersionWeights: { 1: 0.5 } };
      expect(await divided({ RoutingConfig }, true)).toMatchObject({
        state: 'ready',
        ...{ from: { id: '2' }, to: { id: '1' }, suspect: { id: '2' } },
        notes: expect.arrayContaining([
          'checkout:2 is held responsible, because it ran when the harm began; checkout:1 shares the traffic with it since',
        ]) as string[],
      });
    });

    it('offer nothing where the proven version has all of it again', async () => {
      expect(await divided({ FunctionVersion: '1' })).toMatchObject({
        state: 'nothing-to-do',
        reason: 'checkout:1 is back already: it replaced checkout:2',
      });
    });
  });

  it('take a canary for the suspect, though its version ran before the other one', async () => {
    const set = stage();
    const { world, ledger } = set;
    ledger.list.length = 0;
    world.update({ FunctionVersion: world.publish(BAD) });
    saw(set, deploymentId(toAlias(world.live)), 'observed');
    ledger.prove('2', world.clock.iso());
    await world.pass(3600);
    world.update({ FunctionVersion: '1' });
    saw(set, deploymentId(toAlias(world.live)), 'observed');
    ledger.prove('1', world.clock.iso());
    await world.pass(3600);
    const since = world.clock.iso();
    world.canary('2', 0.1);
    await world.pass(60);
    saw(set, deploymentId(toAlias(world.live)));
    const onset = { at: after(since, 60), until: after(since, 120) };
    const trigger = { type: 'alarm', id: 'x', at: after(since, 300), alarm: 'red', onset } as const;
    expect(await set.plan({ trigger })).toMatchObject({
      state: 'ready',
      ...{ from: { id: '2' }, to: { id: '1' } },
    });
  });

  it('show a republished version: one with the content of the suspect is passed over', async () => {
    const set = stage();
    set.world.update({ FunctionVersion: set.world.publish(BAD) });
    saw(set, deploymentId(toAlias(set.world.live)));
    publish(set.world, 1);
    set.ledger.prove('3', '2026-11-22T01:00:00.000Z');
    const lambda = {
      ...set.lambda,
      version: async (name: string, number: string) => {
        const found = await set.lambda.version(name, number);
        return found === null || number !== '3' ? found : { ...found, content: (await content(set, '2'))! };
      },
    };
    const mechanism = createMechanism({ ...set.clients, lambda });
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({
      to: { id: '1' },
      notes: ['passed over checkout:3: it has the same content as checkout:2, the suspect'],
    });
  });

  it('exclude versions that were released after the suspect', async () => {
    const set = stage();
    const { world, ledger } = set;
    saw(set, deploymentId(toAlias(world.live)));
    await world.pass(3600);
    const since = world.clock.iso();
    world.update({ FunctionVersion: world.publish(BAD) });
    await world.pass(60);
    saw(set, deploymentId(toAlias(world.live)));
    world.update({ FunctionVersion: world.publish(GOOD) });
    await world.pass(60);
    saw(set, deploymentId(toAlias(world.live)));
    ledger.prove('3', world.clock.iso());
    await world.pass(60);
    world.update({ FunctionVersion: world.publish(GOOD) });
    await world.pass(60);
    saw(set, deploymentId(toAlias(world.live)));
    const onset = { at: since, until: after(since, 60) };
    const trigger = { type: 'alarm', id: 'x', at: after(since, 300), alarm: 'red', onset } as const;
    const found = await set.plan({ trigger });
    const measured = new Set(found.meters?.map(({ revision }) => revision));
    expect(measured).toEqual(new Set([undefined, '2', '1']));
    expect(found).toMatchObject({
      state: 'ready',
      ...{ from: { id: '4' }, suspect: { id: '2' }, to: { id: '1' } },
      notes: expect.arrayContaining([
        'passed over checkout:3: it is newer than checkout:2, the suspect',
      ]) as string[],
    });
  });
});

const content = async ({ lambda }: Stage, number: string) =>
  (await lambda.version('checkout', number))?.content;

describe('plans no way back', () => {
  it('from $LATEST, which keeps no earlier code', async () => {
    const { world, ledger, plan } = stage();
    ledger.list.length = 0;
    world.update({ FunctionVersion: '$LATEST' });
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('points to $LATEST') as string,
      deployment: { revision: { id: expect.stringMatching(/^\$LATEST [0-9a-f]{64}$/) as string } },
    });
  });

  it('if the tag of the function names another target; plans one if it names this target', async () => {
    const { world, plan } = stage();
    world.update({ FunctionVersion: world.publish(BAD) });
    const tag = (owner: string) =>
      world.call('TagResource', { Resource: world.arn, Tags: { 'lastgood:target': owner } });
    tag('codedeploy:shop/checkout');
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('codedeploy:shop/checkout') as string,
    });
    tag('lambda:checkout/live');
    expect(await plan()).toMatchObject({ state: 'ready' });
  });

  it('while CodeDeploy shifts the alias, and names the deployment', async () => {
    const { world, shifts, plan } = stage();
    world.canary(world.publish(BAD), 0.1);
    shifts.shift = { deployment: 'd-ABC123', target: 'codedeploy:shop/checkout' };
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason:
        "codedeploy:shop/checkout is shifting lambda:checkout/live (deployment d-ABC123) and would overwrite the rollback: roll that back instead, and name it in the alarm's tag lastgood:target",
      recent: [{ state: 'in-flight' }, { revision: { id: '1' } }],
    });
  });

  it('asks CodeDeploy only while two versions share', async () => {
    const { world, shifts, plan } = stage();
    world.update({ FunctionVersion: world.publish(BAD) });
    shifts.shift = { deployment: 'd-ABC123', target: 'codedeploy:shop/checkout' };
    expect(await plan()).toMatchObject({ state: 'ready' });
    expect(shifts.asked).toBe(0);
  });

  it('from a canary beside a condemned version', async () => {
    const { world, ledger, plan } = stage();
    ledger.list.length = 0;
    ledger.condemn('1');
    world.canary(world.publish(GOOD), 0.1);
    expect(await plan()).toMatchObject({ state: 'no-way-back', deployment: { revision: { id: '2' } } });
  });

  it('where every good version was deleted', async () => {
    const { world, plan } = stage();
    world.update({ FunctionVersion: world.publish(BAD) });
    world.call('DeleteFunction', { FunctionName: 'checkout', Qualifier: '1' });
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('passed over checkout:1: it was deleted') as string,
    });
  });

  it.each(['$LATEST', 'live', '07', '9'])(
    'to %s, which is no published version: refused',
    async (revision) => {
      const { plan } = stage();
      await expect(plan({ revision })).rejects.toMatchObject({
        name: 'InvalidRequest',
        field: 'request.revision',
      });
    },
  );
});

describe('a deployment that is itself a way back', () => {
  it('is recognised by the condemned version that it replaced', async () => {
    const { world, ledger, plan } = stage();
    world.publish(BAD);
    ledger.condemn('2');
    ledger.prove('3', '2026-11-21T00:00:00.000Z');
    expect(await plan()).toMatchObject({ deployment: { revision: { id: '1' }, isRollback: true } });
  });

  it('is joined while Lambda still moves the alias there', async () => {
    const { world, plan } = stage();
    world.provision();
    world.update({ FunctionVersion: world.publish(BAD) });
    await world.pass(200);
    world.update({ FunctionVersion: '1' });
    expect(await plan()).toMatchObject({
      state: 'join',
      from: { id: '2' },
      to: { id: '1' },
      deployment: { state: 'rolling-back', isRollback: true },
    });
  });

  it('is not joined if it leads to an unproven version', async () => {
    const { world, plan } = stage();
    world.provision();
    world.update({ FunctionVersion: world.publish(BAD) });
    expect(await plan()).toMatchObject({ state: 'ready', from: { id: '2' }, to: { id: '1' } });
  });
});
