import { describe, expect, it } from 'vitest';
import { deployed, seen } from '../../../../functions/mechanisms/asg/swept.ts';
import { Stage, TARGET } from './stage.ts';

const sighting = (deployment: string) => ({
  target: TARGET,
  deployment,
  completedAt: '2026-11-22T02:10:00.000Z',
  soakUntil: '2026-11-22T02:40:00.000Z',
});

const tags = { Tags: [{ Key: 'lastgood', Value: 'auto' }] };

describe('what the sweep asks of Auto Scaling', () => {
  it('finds the version that a refresh deployed, alone', async () => {
    const stage = await Stage.good(tags);
    const found = await deployed(stage.autoscaling, stage.ec2, sighting(stage.newest()!.InstanceRefreshId!));
    expect(found).toMatchObject({ revision: { id: stage.id('1'), name: 'web:1' }, runs: 'alone' });
  });

  it('says what is gone, and what is not clear', async () => {
    const stage = await Stage.good(tags);
    const first = stage.newest()!.InstanceRefreshId!;
    stage.refresh(stage.version(), { MinHealthyPercentage: 50 });
    await stage.pass(75);
    expect(await deployed(stage.autoscaling, stage.ec2, sighting(first))).toMatchObject({ runs: 'unclear' });
    await stage.ended();
    expect(await deployed(stage.autoscaling, stage.ec2, sighting(first))).toMatchObject({ runs: 'gone' });
  });

  it('knows what a refresh without a desired configuration deployed only while nothing came after', async () => {
    const stage = await Stage.good(tags);
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    stage.refresh();
    await stage.ended();
    const second = stage.newest()!.InstanceRefreshId!;
    expect(await deployed(stage.autoscaling, stage.ec2, sighting(second))).toMatchObject({
      revision: { id: stage.id('2') },
    });
    stage.refresh(stage.version());
    expect(await deployed(stage.autoscaling, stage.ec2, sighting(second))).toBeNull();
  });

  it('sees what ended lately in groups that are opted in, and no other', async () => {
    const stage = await Stage.good(tags);
    const at = stage.world.clock.iso();
    expect(await seen(stage.autoscaling, at)).toMatchObject([{ target: TARGET, state: 'completed' }]);
    expect(await seen(stage.autoscaling, '2026-11-22T09:00:00.000Z')).toEqual([]);
    stage.asg('CreateOrUpdateTags', {
      Tags: [{ ResourceId: 'web', Key: 'lastgood', Value: 'none', PropagateAtLaunch: false }],
    });
    expect(await seen(stage.autoscaling, at)).toEqual([]);
  });
});
