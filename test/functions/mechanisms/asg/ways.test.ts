import { settledWith } from '../../../../functions/mechanisms/asg/settled.ts';
import { describe, expect, it } from 'vitest';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { planned, started, stopped } from '../../../contract/walk.ts';
import { Stage, TARGET } from './stage.ts';

describe('the ways back of an Auto Scaling group', () => {
  it('puts the version on the group before it replaces the instances, and never moves a limit', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 6 });
    await stage.pass(120);
    await started(stage.mechanism, await stopped(stage.mechanism, await planned(stage.mechanism, TARGET)));
    expect(stage.writes).toEqual(['UpdateAutoScalingGroup', 'StartInstanceRefresh']);
    expect(stage.group()).toMatchObject({ MinSize: 4, MaxSize: 8, DesiredCapacity: 6 });
    expect(stage.newest()!.Preferences).toMatchObject({
      MinHealthyPercentage: 100,
      MaxHealthyPercentage: 200,
      AutoRollback: false,
    });
  });

  it('never has fewer instances in service than desired', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    await started(stage.mechanism, await stopped(stage.mechanism, await planned(stage.mechanism, TARGET)));
    const counts: number[] = [];
    const timer = stage.world.clock.every(1000, () => counts.push(stage.running().split(' ').length));
    await stage.ended();
    timer.cancel();
    expect(Math.min(...counts)).toBe(4);
    expect(stage.running()).toBe('1 1 1 1');
  });

  it('respects the limit to which the group may grow', async () => {
    const stage = await Stage.good({
      InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 125 },
    });
    stage.refresh(stage.version());
    await stage.ended();
    await started(stage.mechanism, await stopped(stage.mechanism, await planned(stage.mechanism, TARGET)));
    expect(stage.newest()!.Preferences).toMatchObject({ MaxHealthyPercentage: 125 });
  });

  it('waits until a refresh that it cancelled has ended', async () => {
    const stage = await Stage.good();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    stage.refresh('2');
    await stage.pass(75);
    const document = await stopped(stage.mechanism, await planned(stage.mechanism, TARGET));
    expect(document.stopped.state).toBe('stopped');
    const waiting = await started(stage.mechanism, document);
    expect(await stage.mechanism.settled(waiting)).toMatchObject({ state: 'pending' });
    // The reason for which a launch was refused only explains.
    const refusedLaunch = () => Promise.reject(new Error('AccessDenied'));
    const settled = settledWith({ autoscaling: { ...stage.autoscaling, refusedLaunch } });
    expect(await settled(waiting)).toMatchObject({ state: 'pending' });
    await stage.pass(10);
    expect(await stage.mechanism.settled(waiting)).toMatchObject({ state: 'due' });
    const going = await started(stage.mechanism, document);
    await stage.ended();
    expect(await stage.mechanism.settled(going)).toMatchObject({ state: 'settled' });
    expect(stage.running()).toBe('1 1 1 1');
  });

  it('cancels an irreversible refresh, and takes the next rung', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.pass(90);
    const document = await planned(stage.mechanism, TARGET);
    expect(document.plan.rungs[0].name).toBe('rollback-refresh');
    const { operations } = stage.world.autoscaling as { operations: Record<string, unknown> };
    const before = operations['RollbackInstanceRefresh'];
    operations['RollbackInstanceRefresh'] = {
      run: () => {
        throw new AwsError('IrreversibleInstanceRefresh', 'it cannot be rolled back');
      },
    };
    const after = await stopped(stage.mechanism, document);
    operations['RollbackInstanceRefresh'] = before;
    expect(after.stopped.state).toBe('stopped');
    await stage.pass(10);
    const going = await started(stage.mechanism, after);
    expect(going.rung).toBe(1);
    await stage.ended();
    expect(await stage.mechanism.settled(going)).toMatchObject({ state: 'settled' });
  });

  /** Plans during a refresh that then succeeds, so that Auto Scaling puts the bad version on the group. */
  const succeeded = async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.pass(90);
    const document = await planned(stage.mechanism, TARGET);
    await stage.ended();
    expect(stage.newest()).toMatchObject({ Status: 'Successful' });
    expect(stage.group().LaunchTemplate).toMatchObject({ Version: '2' });
    return { stage, document: await stopped(stage.mechanism, document) };
  };

  it('goes back from a refresh that succeeded before it could be stopped', async () => {
    const { stage, document } = await succeeded();
    expect(document.stopped.state).toBe('not-running');
    const going = await started(stage.mechanism, document);
    expect(stage.writes).toEqual(['UpdateAutoScalingGroup', 'StartInstanceRefresh']);
    await stage.ended();
    expect(await stage.mechanism.settled(going)).toMatchObject({ state: 'settled' });
    expect(stage.running()).toBe('1 1 1 1');
  });

  it('waits for scaling activities after such a refresh, and says what it changed', async () => {
    const { stage, document } = await succeeded();
    const before = { ...stage.autoscaling };
    refusing(stage, 'put', 'ScalingActivityInProgressFault');
    const waiting = await started(stage.mechanism, document);
    expect(await stage.mechanism.settled(waiting)).not.toMatchObject({ state: 'overtaken' });
    Object.assign(stage.autoscaling, before);
    refusing(stage, 'refresh', 'ValidationError');
    const onRefresh = { ...document, rung: 1 };
    expect(await stage.mechanism.revert(onRefresh)).toMatchObject({ state: 'failed', touched: true });
    expect(await stage.mechanism.revert(onRefresh)).toMatchObject({ state: 'failed', touched: true });
  });

  it('leaves a version that an operator put on the group after the plan', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    const document = await planned(stage.mechanism, TARGET);
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    expect(await stage.mechanism.revert(document)).toMatchObject({ state: 'failed' });
    expect(stage.writes).toEqual([]);
  });

  it.each([
    ['by a new refresh', (stage: Stage) => stage.ended()],
    ["AWS's own", (stage: Stage) => stage.pass(90)],
  ])('is overtaken if the bad version is put back on the group after the way back, %s', async (_, until) => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await until(stage);
    const document = await stopped(stage.mechanism, await planned(stage.mechanism, TARGET));
    const going = await started(stage.mechanism, document);
    await stage.ended();
    expect(await stage.mechanism.settled(going)).toMatchObject({ state: 'settled' });
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice('2') });
    expect(await stage.mechanism.settled(going)).toMatchObject({
      state: 'overtaken',
      by: stage.id('2'),
      reason: expect.stringMatching(/put .*on the group/) as string,
    });
  });

  const refusing = (stage: Stage, call: 'put' | 'refresh', name: string) => {
    Object.assign(stage.autoscaling, {
      [call]: () => Promise.reject(Object.assign(new Error('not now'), { name })),
    });
  };

  const faulty = async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    return { stage, document: await stopped(stage.mechanism, await planned(stage.mechanism, TARGET)) };
  };

  it('says that the group was changed if the refresh is refused after it, in this try or the next', async () => {
    const { stage, document } = await faulty();
    refusing(stage, 'refresh', 'ValidationError');
    const refused = { state: 'failed', reason: 'ValidationError: not now', touched: true };
    expect(await stage.mechanism.revert(document)).toEqual(refused);
    expect(await stage.mechanism.revert(document)).toEqual(refused);
    expect(stage.writes).toEqual(['UpdateAutoScalingGroup']);
  });

  it('says that nothing was changed if the update of the group is refused', async () => {
    const { stage, document } = await faulty();
    refusing(stage, 'put', 'ValidationError');
    expect(await stage.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'ValidationError: not now',
    });
  });

  it('waits for scaling activities that keep the group from being changed', async () => {
    const { stage, document } = await faulty();
    const before = { ...stage.autoscaling };
    refusing(stage, 'put', 'ScalingActivityInProgressFault');
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 5 });
    await stage.pass(10);
    const waiting = await started(stage.mechanism, document);
    expect(await stage.mechanism.settled(waiting)).toMatchObject({ state: 'pending' });
    await stage.pass(240);
    expect(await stage.mechanism.settled(waiting)).toMatchObject({ state: 'due' });
    Object.assign(stage.autoscaling, before);
    const going = await started(stage.mechanism, document);
    await stage.ended();
    expect(await stage.mechanism.settled(going)).toMatchObject({ state: 'settled' });
    expect(stage.running()).toBe('1 1 1 1 1');
  });

  it('names a process that was suspended during the way back, and how to resume it', async () => {
    const { stage, document } = await faulty();
    const going = await started(stage.mechanism, document);
    stage.asg('SuspendProcesses', { ScalingProcesses: ['Terminate'] });
    const resume = /--auto-scaling-group-name web --scaling-processes Terminate\.$/;
    expect(await stage.mechanism.settled(going)).toMatchObject({
      state: 'pending',
      summary: expect.stringMatching(/suspended processes \(Terminate\)$/) as string,
      hindrance: expect.stringMatching(resume) as string,
      cure: expect.stringMatching(resume) as string,
    });
    stage.asg('ResumeProcesses', { ScalingProcesses: ['Terminate'] });
    expect(await stage.mechanism.settled(going)).not.toHaveProperty('hindrance');
  });

  it('ends where the group is deleted', async () => {
    const { stage, document } = await faulty();
    const going = await started(stage.mechanism, document);
    Object.assign(stage.autoscaling, { group: () => Promise.resolve(null) });
    expect(await stage.mechanism.settled(going)).toMatchObject({ state: 'failed', isGone: true });
  });

  it('leaves a version that was deployed while it waited for scaling activities', async () => {
    const { stage, document } = await faulty();
    refusing(stage, 'put', 'ScalingActivityInProgressFault');
    const waiting = await started(stage.mechanism, document);
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    expect(await stage.mechanism.settled(waiting)).toMatchObject({ state: 'overtaken' });
  });

  it('leaves a newer refresh that has not begun', async () => {
    const { stage, document } = await faulty();
    stage.refresh(stage.version());
    expect(await stage.mechanism.revert(document)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^a newer instance refresh took over/) as string,
    });
    expect(stage.writes).toEqual([]);
  });

  it('counts instances by their weight if the group weighs its types', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    const real = { ...stage.autoscaling };
    const used = (arn: string) => ({ arn, isUsed: true, isHttp: true });
    Object.assign(stage.targetGroups, {
      of: (arns: readonly string[]) => Promise.resolve(arns.map(used)),
    });
    let units = 3;
    Object.assign(stage.autoscaling, {
      group: async (name: string) => {
        const found = (await real.group(name))!;
        const Overrides = [{ WeightedCapacity: '1' }, { WeightedCapacity: '3' }];
        const instances = found.instances.map((instance) => ({ ...instance, units }));
        return {
          ...found,
          policy: { LaunchTemplate: { Overrides } },
          desired: 10,
          instances,
          targetGroups: ['web'],
        };
      },
    });
    const document = await planned(stage.mechanism, TARGET);
    expect(document.plan.watch.targetGroups.map(({ wanted }) => wanted)).toEqual([4]);
    Object.assign(stage.autoscaling, {
      refresh: () => (stage.refresh('1'), stage.newest()!.InstanceRefreshId),
    });
    const going = await started(stage.mechanism, await stopped(stage.mechanism, document));
    await stage.ended();
    expect(await stage.mechanism.settled(going)).toMatchObject({
      state: 'settled',
      summary: '12 of 10 units of capacity run web:1 and no others do',
    });
    units = 2;
    expect(await stage.mechanism.settled(going)).toMatchObject({ state: 'pending' });
  });

  it('leaves an instance in standby and replaces a protected one', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    const [one, other] = stage.group().Instances!.map(({ InstanceId }) => InstanceId!);
    stage.asg('EnterStandby', { InstanceIds: [one], ShouldDecrementDesiredCapacity: false });
    stage.asg('SetInstanceProtection', { InstanceIds: [other], ProtectedFromScaleIn: true });
    const going = await started(
      stage.mechanism,
      await stopped(stage.mechanism, await planned(stage.mechanism, TARGET)),
    );
    await stage.ended();
    expect(await stage.mechanism.settled(going)).toMatchObject({ state: 'settled' });
    expect(stage.running()).toBe('1 1 1 1');
    expect(stage.group().Instances!.map(({ InstanceId }) => InstanceId)).toContain(one);
  });
});
