import { hinderedBySuspension, suspensionNotes } from '../../../../functions/mechanisms/asg/suspended.ts';
import { describe, expect, it, vi } from 'vitest';
import { candidatesOf } from '../../../../functions/mechanisms/asg/candidates.ts';
import type { Group } from '../../../../functions/mechanisms/asg/autoscaling.ts';
import type { Deployment } from '../../../../src/rollback/plan.ts';
import { wanted, withWay } from '../../../contract/walk.ts';
import { FORGOTTEN_SECONDS, Stage, TARGET } from './stage.ts';

const rungsOf = async (stage: Stage) =>
  withWay(await stage.mechanism.plan(wanted(TARGET))).rungs.map(({ name }) => name);

describe('the plan for an Auto Scaling group', () => {
  it('prefers proven versions to those that refreshes show', async () => {
    const stage = await Stage.good();
    stage.version();
    stage.refresh(stage.version());
    await stage.ended();
    stage.ledger.prove(stage.id('2'));
    expect(await stage.mechanism.plan(wanted(TARGET))).toMatchObject({
      source: 'ledger',
      from: { id: stage.id('3'), name: 'web:3' },
      to: { id: stage.id('2') },
    });
  });

  it('says that nothing is to run, if the desired capacity is 0', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    expect(await stage.mechanism.plan(wanted(TARGET))).not.toHaveProperty('wantsNone');
    stage.asg('UpdateAutoScalingGroup', { MinSize: 0, DesiredCapacity: 0 });
    const wantsNone = 'The desired capacity is 0';
    expect(await stage.mechanism.plan(wanted(TARGET))).toMatchObject({ state: 'ready', wantsNone });
  });

  it('passes over a condemned version', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    stage.ledger.condemn(stage.id('1'));
    expect(await stage.mechanism.plan(wanted(TARGET))).toMatchObject({ state: 'no-way-back' });
  });

  it('passes over a version whose image is gone, and says so', async () => {
    const stage = await Stage.good();
    const [image] = [
      ...(await stage.ec2.version({ template: stage.template, version: '1' }))!.image.split(' '),
    ];
    stage.refresh(stage.version());
    await stage.ended();
    stage.call(stage.world.ec2, 'DeregisterImage', { ImageId: image });
    expect(await stage.mechanism.plan(wanted(TARGET))).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining(`its image ${image} was deregistered`) as string,
    });
  });

  it('never takes the previous number: a refresh without a known version hides what ran', async () => {
    const stage = await Stage.good();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    stage.refresh();
    await stage.ended();
    stage.refresh(stage.version());
    await stage.ended();
    await stage.pass(FORGOTTEN_SECONDS);
    expect(await stage.mechanism.plan(wanted(TARGET))).toMatchObject({ state: 'no-way-back' });
  });

  it('never goes on to a version that a pipeline set on the group after it ended the refresh', async () => {
    const stage = await Stage.good();
    stage.ledger.condemn(stage.id('1'));
    stage.refresh(stage.version());
    await stage.pass(60);
    stage.asg('CancelInstanceRefresh');
    await stage.pass(600);
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    expect(await stage.mechanism.plan(wanted(TARGET))).toMatchObject({
      state: 'no-way-back',
      deployment: { state: 'failed', revision: { name: 'web:2' } },
    });
  });

  it('takes no version for an older one whose instances were all launched after the suspect began', () => {
    const revision = (version: string) => ({ id: `lt-0a1b2c3d4e5f60718/${version}`, name: `web:${version}` });
    const suspect: Deployment = {
      ...{ id: 'refresh', state: 'completed', isRollback: false, revision: revision('2') },
      ...{ startedAt: '2026-11-22T03:00:00.000Z', finishedAt: '2026-11-22T03:10:00.000Z' },
    };
    const instance = (id: string, version: string) => ({
      ...{ id, revision: revision(version).id, lifecycle: 'Pending', units: 1 },
      ...{ isHealthy: true, isProtected: false },
    });
    const found = (at: string) =>
      candidatesOf(
        {
          ...{ entries: [], refreshes: [], recent: [suspect], saved: revision('3').id, versions: new Map() },
          group: { instances: [instance('i-1', '2'), instance('i-2', '3')] } as unknown as Group,
          launches: [{ instance: 'i-2', revision: revision('3').id, at }],
        },
        { suspect, current: suspect, isSuperseded: false },
      );
    expect(found('2026-11-22T03:05:00.000Z')).toEqual([]);
    expect(found('2026-11-22T02:00:00.000Z')).toEqual([
      { revision: revision('3').id, source: 'deployments' },
    ]);
  });

  it('lets AWS roll back only to another version', async () => {
    const stage = await Stage.good();
    const LaunchTemplate = stage.choice(stage.version());
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate });
    stage.refresh('2', { MinHealthyPercentage: 50 });
    await stage.pass(60);
    expect(await rungsOf(stage)).toEqual(['refresh']);
  });

  it('does not join a rollback from the bad version to the bad version', async () => {
    const stage = await Stage.good();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    stage.refresh('2');
    await stage.pass(90);
    stage.asg('RollbackInstanceRefresh');
    const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
    expect(plan).toMatchObject({ state: 'ready', to: { id: stage.id('1') } });
    expect(plan.deployment).toMatchObject({ isRollback: false });
  });

  it.each([
    ['Wait', ['refresh']],
    ['Refresh', ['rollback-refresh', 'refresh']],
  ] as const)('if a rollback would %s with protected instances, takes the rungs %j', async (how, rungs) => {
    const stage = await Stage.good({ NewInstancesProtectedFromScaleIn: false });
    stage.asg('UpdateAutoScalingGroup', { NewInstancesProtectedFromScaleIn: true });
    stage.refresh(stage.version(), { ScaleInProtectedInstances: how });
    await stage.pass(90);
    expect(await rungsOf(stage)).toEqual(rungs);
  });

  it('does not count a rollback from the bad version to the bad version as one that went back', async () => {
    const stage = await Stage.good();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    stage.refresh('2');
    await stage.pass(90);
    stage.asg('RollbackInstanceRefresh');
    expect(await stage.ended()).toMatchObject({ Status: 'RollbackSuccessful' });
    expect(await stage.mechanism.plan(wanted(TARGET))).toMatchObject({
      state: 'ready',
      from: { id: stage.id('2') },
      to: { id: stage.id('1') },
    });
  });

  it('says that a group that followed $Latest is pinned', async () => {
    const stage = new Stage();
    stage.create(stage.version());
    await stage.pass(120);
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice('$Latest') });
    stage.version();
    stage.refresh(undefined, { MinHealthyPercentage: 50 });
    await stage.pass(80);
    const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
    expect(plan).toMatchObject({ from: { id: stage.id('2') }, to: { id: stage.id('1') } });
    expect(plan.notes?.join()).toContain('$Latest');
  });

  it.each(['$Latest', '2'])(
    'blames the running version, not a later one that was never launched, if the group follows %s',
    async (follows) => {
      const stage = await Stage.good();
      stage.version();
      stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(follows) });
      stage.refresh();
      await stage.ended();
      stage.ledger.prove(stage.id('1'));
      const next = stage.version();
      if (follows !== '$Latest') stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(next) });
      expect(await stage.mechanism.plan(wanted(TARGET))).toMatchObject({
        notes: expect.arrayContaining([
          expect.stringMatching(/^the group is set to .+3, which no/),
        ]) as string[],
        runs: { id: stage.id('2') },
        next: { id: stage.id('3') },
        deployment: { revision: { id: stage.id('2') } },
        from: { id: stage.id('2') },
        to: { id: stage.id('1') },
      });
    },
  );

  it.each([
    ['Failed', null],
    ['RollbackFailed', '2'],
  ] as const)(
    'blames the version that the group still launches, although a refresh ended as %s before any instance ran it',
    async (status, version) => {
      const stage = await Stage.good();
      stage.ledger.prove(stage.id('1'));
      stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
      const earlier = await stage.autoscaling.refreshes('web');
      const desired = version === null ? null : { template: stage.template, version };
      const at = stage.world.clock.iso();
      const failed = { ...earlier[0]!, id: 'failed', status, desired, startedAt: at, finishedAt: at };
      vi.spyOn(stage.autoscaling, 'refreshes').mockResolvedValue([failed, ...earlier]);
      const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
      expect(plan).toMatchObject({ from: { id: stage.id('2') }, to: { id: stage.id('1') } });
    },
  );

  it('puts the running version on the group if it is requested and the group would launch another', async () => {
    const stage = await Stage.good();
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    const asked = wanted(TARGET, { revision: stage.id('1') });
    expect(withWay(await stage.mechanism.plan(asked))).toMatchObject({
      from: { id: stage.id('2') },
      to: { id: stage.id('1') },
    });
  });

  it('lists a requested refresh that has not begun, and does not blame it for earlier harm', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
    expect(plan.deployment).toMatchObject({
      id: stage.newest()!.InstanceRefreshId,
      state: 'in-flight',
      startedAt: plan.at,
      revision: { id: stage.id('2') },
    });
  });

  it.each(['Launch', 'Terminate', 'InstanceRefresh'])(
    'has no way back while %s is suspended',
    async (process) => {
      const stage = await Stage.good();
      stage.refresh(stage.version());
      await stage.ended();
      stage.asg('SuspendProcesses', { ScalingProcesses: [process] });
      expect(await stage.mechanism.plan(wanted(TARGET))).toMatchObject({
        state: 'no-way-back',
        reason: expect.stringMatching(`--scaling-processes ${process}, and ask again$`) as string,
      });
    },
  );

  it('has no way back while new instances would get no traffic, and else names what does not heal', async () => {
    const suspended = (targetGroups: readonly string[], ...processes: readonly string[]) => {
      const name = 'web';
      return [
        hinderedBySuspension({ name, suspended: processes, targetGroups })?.why,
        ...suspensionNotes({ suspended: processes }),
      ];
    };
    expect(suspended(['tg'], 'AddToLoadBalancer')).toEqual([
      'new instances get no traffic while the process AddToLoadBalancer is suspended',
    ]);
    expect(suspended([], 'AddToLoadBalancer', 'AZRebalance', 'AlarmNotification')).toEqual([undefined]);
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    stage.asg('SuspendProcesses', { ScalingProcesses: ['HealthCheck', 'ReplaceUnhealthy'] });
    expect(withWay(await stage.mechanism.plan(wanted(TARGET))).notes).toContain(
      'an instance that fails during the way back is not replaced, because processes are suspended (HealthCheck, ReplaceUnhealthy)',
    );
  });

  it('recognises its own way back by the version that it deploys', async () => {
    const stage = await Stage.good();
    stage.refresh(stage.version());
    await stage.ended();
    stage.ledger.prove(stage.id('1'), '2026-11-22T02:10:00.000Z');
    stage.ledger.condemn(stage.id('2'), stage.world.clock.iso());
    stage.refresh('1');
    await stage.ended();
    const plan = await stage.mechanism.plan(wanted(TARGET));
    expect(plan.deployment).toMatchObject({ isRollback: true });
  });
});
