import { describe, expect, it } from 'vitest';
import { BAD, GOOD } from '@lastgood/embedded-aws/test/world/lambda-world.ts';
import { deploymentId } from '../../../../functions/mechanisms/lambda/deployment-id.ts';
import { toAlias } from '../../../../functions/mechanisms/lambda/from-aws.ts';
import { again, followed } from '../../../contract/follow.ts';
import { stage, TARGET, type Stage } from './stage.ts';

const ON = { lastgood: 'auto', 'lastgood:lookout': 'act' };

/** Opens the stage with an alias that is followed. */
function open(tags: Readonly<Record<string, string>> = ON): Stage {
  const set = stage();
  set.world.call('TagResource', { Resource: set.world.arn, Tags: tags });
  return set;
}

/** Records the alias's change as the sweep does. */
function observe({ world, ledger }: Stage): string {
  const deployment = deploymentId(toAlias(world.live));
  const at = world.clock.iso();
  const seen = { target: TARGET, deployment, completedAt: at, soakUntil: at };
  ledger.list.unshift({ state: 'candidate', ...seen });
  return deployment;
}

const read = (set: Stage, before = followed(TARGET, set.world.clock.iso())) => set.mechanism.sides(before);

describe('the sides of an alias', () => {
  it('are the version of a canary and the one beside it, each with its own numbers', async () => {
    const set = open();
    set.world.canary(set.world.publish(BAD), 0.2);
    const deployment = observe(set);
    const sides = await read(set);
    expect(sides).toMatchObject({
      state: 'sides',
      deployment,
      divided: true,
      newer: { revision: { id: '2' }, groups: [] },
      older: { revision: { id: '1' }, groups: [] },
    });
    expect(sides).not.toHaveProperty('finishedAt');
    const versions = 'meters' in sides ? sides.meters.map(({ revision }) => revision ?? 'whole') : [];
    expect(new Set(versions)).toEqual(new Set(['whole', '2', '1']));
  });

  it('are finished once the alias names the new version alone', async () => {
    const set = open();
    set.world.update({ FunctionVersion: set.world.publish(BAD) });
    observe(set);
    expect(await read(set)).not.toHaveProperty('divided');
    expect(await read(set)).toMatchObject({
      newer: { revision: { id: '2' } },
      finishedAt: expect.any(String) as string,
    });
  });

  it('measure the version before the canary, not one that a later canary replaced', async () => {
    const set = open();
    set.world.canary(set.world.publish(BAD), 0.1);
    observe(set);
    await set.world.clock.run(() => false, set.world.clock.now() + 300_000);
    set.world.canary(set.world.publish(GOOD), 0.1);
    observe(set);
    const sides = await read(set);
    expect(sides).toMatchObject({ newer: { revision: { id: '3' } }, older: { revision: { id: '1' } } });
    expect('meters' in sides && sides.meters.some(({ revision }) => revision === '1')).toBe(true);
  });

  it('stay those of one deployment when the canary gets more, however long it lasts', async () => {
    const set = open();
    const version = set.world.publish(BAD);
    set.world.canary(version, 0.1);
    observe(set);
    const first = await read(set);
    await set.world.clock.run(() => false, set.world.clock.now() + 1_800_000);
    set.world.canary(version, 0.5);
    const step = observe(set);
    const start = followed(TARGET, set.world.clock.iso());
    expect(await read(set, again(start, first))).toMatchObject({ state: 'sides', deployment: step });
    expect(await read(set, { ...start, deployment: step })).toMatchObject({ state: 'sides' });
  });

  it('are none without the tag, for the first version, a way back, and a proven one', async () => {
    const off = open({ lastgood: 'auto' });
    off.world.update({ FunctionVersion: off.world.publish(BAD) });
    expect(await read(off)).toMatchObject({
      state: 'none',
      reason: 'The target has no tag lastgood:lookout.',
    });

    const first = open();
    first.ledger.list.length = 0;
    expect(await read(first)).toMatchObject({
      state: 'none',
      reason: expect.stringContaining('is the first') as string,
    });

    const back = open();
    back.world.update({ FunctionVersion: back.world.publish(BAD) });
    observe(back);
    await back.world.clock.run(() => false, back.world.clock.now() + 300_000);
    back.world.update({ FunctionVersion: '1' });
    observe(back);
    expect(await read(back)).toMatchObject({ state: 'none', reason: 'checkout:1 is a way back.' });
  });

  it('are none where CodeDeploy shifts the alias: its deployment group is followed', async () => {
    const set = open();
    set.world.canary(set.world.publish(BAD), 0.2);
    observe(set);
    set.shifts.shift = { target: 'codedeploy:shop/checkout', deployment: 'd-1' };
    expect(await read(set)).toEqual({
      state: 'none',
      reason: `codedeploy:shop/checkout deploys ${TARGET}: a lookout follows that.`,
    });
  });

  it('are none where another deployment has replaced the one that was followed', async () => {
    const set = open();
    set.world.update({ FunctionVersion: set.world.publish(BAD) });
    observe(set);
    const first = await read(set);
    const start = followed(TARGET, set.world.clock.iso());
    await set.world.clock.run(() => false, set.world.clock.now() + 300_000);
    set.world.update({ FunctionVersion: set.world.publish(GOOD) });
    observe(set);
    expect(await read(set, again(start, first))).toMatchObject({
      state: 'none',
      reason: 'checkout:3 is deployed by another deployment since.',
    });
  });
});
