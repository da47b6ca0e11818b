import { describe, expect, it } from 'vitest';
import { observedId } from '../../../../functions/mechanisms/asg/observed.ts';
import { again, followed } from '../../../contract/follow.ts';
import { Stage, TARGET } from './stage.ts';

const tagged = (tags: Readonly<Record<string, string>>) => ({
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: false })),
});
const FOLLOWED = tagged({ lastgood: 'auto', 'lastgood:lookout': 'act' });

const begun = (stage: Stage) => followed(TARGET, stage.world.clock.iso());
const read = (stage: Stage, before = begun(stage)) => stage.mechanism.sides(before);

describe('the sides of an instance refresh', () => {
  it('are the version that it deploys and the one before, without a metric of one alone', async () => {
    const stage = await Stage.good(FOLLOWED);
    stage.refresh(stage.version({ errorRate: 1 }));
    await stage.pass(60);
    const deployment = stage.newest()!.InstanceRefreshId;
    const sides = await read(stage);
    expect(sides).toMatchObject({
      state: 'sides',
      deployment,
      newer: { revision: { id: stage.id('2') }, groups: [], wanted: 4 },
      older: { revision: { id: stage.id('1') } },
    });
    expect(sides).not.toHaveProperty('finishedAt');
    expect('meters' in sides && sides.meters.every(({ revision }) => revision === undefined)).toBe(true);
  });

  it('are finished once the refresh ended, and are still those of one deployment', async () => {
    const stage = await Stage.good(FOLLOWED);
    stage.refresh(stage.version());
    await stage.pass(60);
    const before = again(begun(stage), await read(stage));
    const { EndTime } = await stage.ended();
    expect(await read(stage, before)).toMatchObject({ state: 'sides', finishedAt: EndTime!.toISOString() });
  });

  it('cost one call where the group is not followed', async () => {
    const stage = await Stage.good(tagged({ lastgood: 'auto' }));
    stage.refresh(stage.version());
    stage.calls.length = 0;
    expect(await read(stage)).toEqual({ state: 'none', reason: 'The group has no tag lastgood:lookout.' });
    expect(stage.calls).toEqual(['DescribeAutoScalingGroups']);
  });

  it('are none for a native rollback, a cancelled refresh, a way back and a proven version', async () => {
    const native = await Stage.good(FOLLOWED);
    native.refresh(native.version());
    await native.pass(150);
    native.asg('RollbackInstanceRefresh');
    await native.pass(5);
    expect(await read(native)).toMatchObject({
      reason: expect.stringMatching(/ back natively\.$/) as string,
    });
    await native.ended();
    expect(await read(native)).toMatchObject({
      reason: expect.stringMatching(/ is a way back\.$/) as string,
    });

    const cancelled = await Stage.good(FOLLOWED);
    cancelled.refresh(cancelled.version());
    await cancelled.pass(90);
    cancelled.asg('CancelInstanceRefresh', { WaitForTransitioningInstances: false });
    await cancelled.ended();
    expect(await read(cancelled)).toMatchObject({
      reason: expect.stringMatching(/ failed, as AWS reports\.$/) as string,
    });

    const proven = await Stage.good(FOLLOWED);
    proven.refresh(proven.version());
    await proven.ended();
    await proven.pass(60);
    proven.ledger.prove(proven.id('2'), proven.world.clock.iso());
    expect(await read(proven)).toMatchObject({ reason: expect.stringMatching(/ is proven\.$/) as string });
  });

  it('are those of a version that came without a refresh, however slowly it came', async () => {
    const stage = await Stage.good(FOLLOWED);
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    for (const { InstanceId } of stage.group().Instances!) {
      stage.asg('TerminateInstanceInAutoScalingGroup', { InstanceId, ShouldDecrementDesiredCapacity: false });
      await stage.pass(420);
    }
    const at = stage.world.clock.iso();
    const seen = followed(TARGET, at, { deployment: observedId(stage.id('2'), at) });
    expect(await read(stage, seen)).toMatchObject({
      state: 'sides',
      newer: { revision: { id: stage.id('2') } },
      older: { revision: { id: stage.id('1') } },
    });
  });

  it('are none for the first version', async () => {
    const stage = new Stage();
    stage.create(stage.version(), FOLLOWED);
    await stage.pass(120);
    stage.refresh('1');
    await stage.pass(30);
    expect(await read(stage)).toMatchObject({ state: 'none' });
  });
});
