import { describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../../../src/rollback/plan.ts';
import { byAlarm } from '../../../contract/course.ts';
import { wanted, withWay } from '../../../contract/walk.ts';
import { FORGOTTEN_SECONDS, Stage, TARGET } from './stage.ts';

/** Lists deployments such as `web:2 completed`, newest first. */
const shown = ({ recent = [] }: Plan) =>
  recent.map(({ revision, state, isRollback, remains }) =>
    [revision.name, state, isRollback && 'back', remains && 'remains'].filter(Boolean).join(' '),
  );
const planOf = (stage: Stage) => stage.mechanism.plan(wanted(TARGET));

/** Puts a version on the group and ends the instances of others, as CloudFormation's rolling update does. */
async function roll(stage: Stage, version: string, replaces: 'others' | 'all' = 'others'): Promise<void> {
  stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(version) });
  for (const { InstanceId, LaunchTemplate } of stage.group().Instances!) {
    if (LaunchTemplate!.Version === version && replaces === 'others') continue;
    end(stage, InstanceId!);
    await stage.pass(120);
  }
}

function end(stage: Stage, InstanceId: string): void {
  stage.asg('TerminateInstanceInAutoScalingGroup', { InstanceId, ShouldDecrementDesiredCapacity: false });
}

describe('the last deployments of an Auto Scaling group', () => {
  it("are two where AWS rolled a refresh back: the refresh, until the end of its rollback, and AWS's way back", async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.pass(90);
    stage.asg('RollbackInstanceRefresh');
    await stage.ended();
    const plan = await planOf(stage);
    expect(shown(plan)).toEqual(['web:1 completed back', 'web:2 failed', 'web:1 completed']);
    const [back, taken] = plan.recent!;
    expect(taken!.finishedAt).toBe(back!.finishedAt);
    expect(plan.deployment).toEqual(back);
  });

  it('are one while AWS rolls it back', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.pass(90);
    stage.asg('RollbackInstanceRefresh');
    const plan = await planOf(stage);
    expect(shown(plan)).toEqual(['web:2 rolling-back', 'web:1 completed']);
    expect(plan.recent![0]!.changes).toEqual([expect.stringMatching(/^AMI: ami-\w+ → ami-\w+$/)]);
  });

  it('distinguish a refresh that was cancelled halfway from one that was cancelled before anything ran', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version(), { MinHealthyPercentage: 75 });
    await stage.pass(90);
    stage.asg('CancelInstanceRefresh', { WaitForTransitioningInstances: false });
    await stage.pass(10);
    expect(shown(await planOf(stage))).toEqual(['web:2 failed remains', 'web:1 completed']);
    stage.refresh('1', { SkipMatching: true });
    await stage.ended();
    stage.refresh(stage.version());
    stage.asg('CancelInstanceRefresh', { WaitForTransitioningInstances: false });
    await stage.pass(10);
    expect(shown(await planOf(stage))[0]).toBe('web:3 failed');
  });

  it('show what a refresh without a desired configuration deployed, after a later one, while EC2 shows its instances', async () => {
    const stage = await Stage.good();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    stage.refresh();
    await stage.ended();
    expect(shown(await planOf(stage))[0]).toBe('web:2 completed');
    const id = stage.newest()!.InstanceRefreshId!;
    stage.refresh(stage.version());
    await stage.ended();
    expect(shown(await planOf(stage)).slice(0, 2)).toEqual(['web:3 completed', 'web:2 completed']);
    await stage.pass(FORGOTTEN_SECONDS);
    const plan = await planOf(stage);
    expect(shown(plan).slice(0, 2)).toEqual(['web:3 completed', `what ${id} deployed completed`]);
    expect(plan.recent?.[1]).not.toHaveProperty('content');
  });

  it('have equal content for equal versions, and none if a parameter names the image', async () => {
    const stage = await Stage.good();
    const { image } = (await stage.ec2.version({ template: stage.template, version: '1' }))!;
    const again = stage.version({}, { ImageId: image });
    stage.call(stage.world.ssm, 'PutParameter', { Name: '/web/ami', Value: image, Type: 'String' });
    const moving = stage.version({}, { ImageId: 'resolve:ssm:/web/ami' });
    for (const version of [again, moving]) {
      stage.refresh(version);
      await stage.ended();
    }
    const [newest, second, first] = (await planOf(stage)).recent!;
    expect(second!.changes).toEqual([]);
    expect(newest).not.toHaveProperty('changes');
    expect(second!.content).toBe(first!.content);
    expect(newest).not.toHaveProperty('content');
  });

  it('are ways back only if they replace a condemned version', async () => {
    const stage = await Stage.good();
    for (const version of [stage.version(), '1', stage.version()]) {
      stage.refresh(version);
      await stage.ended();
    }
    stage.ledger.condemn(stage.id('2'), stage.world.clock.iso());
    expect(shown(await planOf(stage))).toEqual([
      'web:3 completed',
      'web:1 completed back',
      'web:2 completed',
      'web:1 completed',
    ]);
  });

  it('are ways back if a version without a refresh was condemned at their end', async () => {
    const stage = await Stage.good();
    await roll(stage, stage.version());
    stage.refresh('1');
    await stage.ended();
    stage.ledger.condemn(stage.id('2'), stage.world.clock.iso());
    await stage.pass(FORGOTTEN_SECONDS);
    expect(shown(await planOf(stage))).toEqual(['web:1 completed back', 'web:1 completed']);
  });

  it('are known from the ledger if AWS has forgotten them', async () => {
    const stage = await Stage.good();
    stage.version();
    stage.ledger.prove(stage.id('2'), '2026-10-01T02:00:00.000Z');
    expect(shown(await planOf(stage))).toEqual(['web:1 completed', 'web:2 completed']);
  });
});

describe('a version that was deployed without a refresh', () => {
  it('is known by its instances, from the launch of the first one', async () => {
    const stage = await Stage.good();
    const before = stage.world.clock.iso();
    await roll(stage, stage.version());
    const plan = withWay(await planOf(stage));
    expect(shown(plan)).toEqual(['web:2 completed', 'web:1 completed']);
    expect(plan).toMatchObject({
      from: { id: stage.id('2') },
      to: { id: stage.id('1') },
      deployment: { id: `${stage.id('2')} since ${plan.deployment!.startedAt}` },
    });
    expect(Date.parse(plan.deployment!.startedAt) - Date.parse(before)).toBeLessThan(60_000);
    expect(plan.deployment!.finishedAt! > plan.deployment!.startedAt).toBe(true);
  });

  it('is in flight while other versions still run and the group launches it', async () => {
    const stage = await Stage.good();
    const version = stage.version();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(version) });
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 6 });
    await stage.pass(120);
    expect(shown(await planOf(stage))).toEqual(['web:2 in-flight', 'web:1 completed']);
    await stage.pass(3600);
    expect(shown(await planOf(stage))).toEqual(['web:2 completed', 'web:1 completed']);
  });

  it('is a way back if it ran before', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    await stage.pass(120);
    const hurtAt = stage.world.clock.iso();
    await roll(stage, '1');
    const plan = await stage.mechanism.plan(wanted(TARGET, byAlarm(hurtAt, stage.world.clock.iso())));
    expect(plan).toMatchObject({
      state: 'nothing-to-do',
      reason: 'web:1 is back already: it replaced web:2',
    });
    expect(shown(plan)).toEqual(['web:1 completed', 'web:2 completed', 'web:1 completed']);
  });

  it('is no newer because instances were replaced after its first observation', async () => {
    const stage = await Stage.good();
    await roll(stage, stage.version());
    const seenAt = stage.world.clock.iso();
    stage.ledger.prove(stage.id('2'), seenAt);
    await stage.pass(7200);
    await roll(stage, '2', 'all');
    await stage.pass(FORGOTTEN_SECONDS);
    const { recent } = await planOf(stage);
    expect(recent?.[0]).toMatchObject({ revision: { id: stage.id('2') }, startedAt: seenAt });
  });

  it('is not listed if the group only grew, or if an instance was left over', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    const [one] = stage.group().Instances!;
    stage.asg('EnterStandby', { InstanceIds: [one!.InstanceId], ShouldDecrementDesiredCapacity: false });
    stage.refresh('1', { StandbyInstances: 'Ignore' });
    await stage.ended();
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 6 });
    await stage.pass(120);
    stage.asg('ExitStandby', { InstanceIds: [one!.InstanceId] });
    expect(shown(await planOf(stage))).toEqual(['web:1 completed', 'web:2 completed', 'web:1 completed']);
  });

  it('is known with its way back, although that replaced only some instances', async () => {
    const stage = await Stage.good();
    const LaunchTemplate = stage.choice(stage.version());
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate });
    for (const { InstanceId } of stage.group().Instances!.slice(0, 2)) end(stage, InstanceId!);
    await stage.pass(120);
    const hurtAt = stage.world.clock.iso();
    await roll(stage, '1');
    const plan = await stage.mechanism.plan(wanted(TARGET, byAlarm(hurtAt, stage.world.clock.iso())));
    expect(plan).toMatchObject({
      state: 'nothing-to-do',
      reason: 'web:1 is back already: it replaced web:2',
    });
    expect(shown(plan)).toEqual(['web:1 completed', 'web:2 completed', 'web:1 completed']);
  });

  it('is known with its way back in a group that was never refreshed', async () => {
    const stage = new Stage();
    stage.create(stage.version());
    await stage.pass(7200);
    await roll(stage, stage.version());
    const hurtAt = stage.world.clock.iso();
    await roll(stage, '1');
    const plan = await stage.mechanism.plan(wanted(TARGET, byAlarm(hurtAt, stage.world.clock.iso())));
    expect(plan).toMatchObject({ reason: 'web:1 is back already: it replaced web:2' });
    expect(shown(plan)).toEqual(['web:1 completed', 'web:2 completed', 'web:1 completed']);
  });

  it('is known from the ledger, as is its way back, after EC2 has forgotten its instances', async () => {
    const stage = await Stage.good();
    await roll(stage, stage.version());
    stage.ledger.prove(stage.id('2'), stage.world.clock.iso());
    await roll(stage, '1');
    await stage.pass(FORGOTTEN_SECONDS);
    expect(shown(await planOf(stage))).toEqual(['web:1 completed', 'web:2 completed', 'web:1 completed']);
  });

  it('is in flight as soon as an instance ends for it', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    await stage.pass(120);
    const hurtAt = stage.world.clock.iso();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice('1') });
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 5 });
    expect(shown(await planOf(stage))[0]).toBe('web:2 completed');
    end(stage, stage.group().Instances![0]!.InstanceId!);
    const trigger = byAlarm(hurtAt, stage.world.clock.iso());
    const plan = await stage.mechanism.plan(wanted(TARGET, trigger));
    expect(shown(plan)).toEqual(['web:1 in-flight', 'web:2 completed', 'web:1 completed']);
    expect(plan).toMatchObject({ reason: 'web:1 is being brought back already: it replaces web:2' });
    stage.asg('SuspendProcesses', { ScalingProcesses: ['Launch'] });
    expect(shown(await planOf(stage))[0]).toBe('web:2 completed');
  });

  it('is distinguished from the earlier rollback by AWS', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.pass(90);
    stage.asg('RollbackInstanceRefresh');
    await stage.ended();
    await roll(stage, stage.version());
    expect(shown(await planOf(stage))).toEqual([
      'web:3 completed',
      'web:1 completed back',
      'web:2 failed',
      'web:1 completed',
    ]);
  });

  it('is known, and over, if a refresh began after it', async () => {
    const stage = await Stage.good();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    end(stage, stage.group().Instances![0]!.InstanceId!);
    await stage.pass(120);
    stage.refresh('1');
    await stage.pass(10);
    expect(shown(await planOf(stage))).toEqual(['web:1 in-flight', 'web:2 completed', 'web:1 completed']);
  });

  it('is known before EC2 shows its first instance', async () => {
    const stage = await Stage.good();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    const launches = await stage.ec2.launches('web');
    end(stage, stage.group().Instances![0]!.InstanceId!);
    await stage.pass(30);
    vi.spyOn(stage.ec2, 'launches').mockResolvedValue(launches);
    expect(shown(await planOf(stage))).toEqual(['web:2 in-flight', 'web:1 completed']);
  });

  it('is over if only replacements of its instances are launched later', async () => {
    const stage = await Stage.good();
    await roll(stage, stage.version());
    const overAt = stage.world.clock.iso();
    await stage.pass(7200);
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 6 });
    await stage.pass(120);
    const { finishedAt } = (await planOf(stage)).recent![0]!;
    expect(finishedAt! < overAt).toBe(true);
  });

  it('is the beginning of the refresh that finishes it', async () => {
    const stage = await Stage.good();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    const before = stage.world.clock.now();
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 5 });
    await stage.pass(120);
    stage.refresh('2', { SkipMatching: true });
    await stage.ended();
    const plan = await planOf(stage);
    expect(shown(plan)).toEqual(['web:2 completed', 'web:1 completed']);
    expect(plan.deployment).toMatchObject({ id: stage.newest()!.InstanceRefreshId });
    expect(Date.parse(plan.deployment!.startedAt) - before).toBeLessThan(10_000);
    expect(plan.deployment!.changes).toEqual([expect.stringMatching(/^AMI/)]);
  });

  it('does not include instances that the group launches of its previous version', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version(), { MinHealthyPercentage: 75 });
    await stage.pass(90);
    stage.asg('CancelInstanceRefresh', { WaitForTransitioningInstances: false });
    await stage.pass(10);
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 6 });
    await stage.pass(120);
    expect(shown(await planOf(stage))).toEqual(['web:2 failed remains', 'web:1 completed']);
  });

  it('costs one call, even if a refresh explains all instances', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    await planOf(stage);
    const reads = stage.calls.filter((call) => /Instances$|Versions$/.test(call));
    expect(reads.toSorted()).toEqual(['DescribeInstances', 'DescribeLaunchTemplateVersions']);
  });
});
