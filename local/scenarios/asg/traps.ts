import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { wasPublishedEarly } from '../hindered.ts';
import type { Ending, Scenario } from '../scenario.ts';
import { openFleet, QUICK_ALARM, TARGET, wentTo } from './fleet.ts';

const FAULTY = { errorRate: 0.5 };

/** A refresh that is still in progress when the alarm turns. */
const SLOWLY = { MaxHealthyPercentage: 125, InstanceWarmup: 240 };

const CANCEL_PUT_REFRESH = ['CancelInstanceRefresh', 'UpdateAutoScalingGroup', 'StartInstanceRefresh'];

const backOn = (version: string, writes: readonly string[]): Ending => ({
  outcome: 'rolled-back',
  served: true,
  writes,
  also: (stage) => wentTo(stage, version),
});

/** Situations in which AWS's own rollback does not work or is a trap, or nothing can go back. */
export const traps: readonly Scenario[] = [
  {
    name: 'asg-terraform',
    shows:
      'the group names the bad version already, so that a rollback of Auto Scaling would bring back the bad one: Lastgood does not use it',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { as: 'both', preferences: SLOWLY });
      await stage.aftermath();
    },
    ends: backOn('1', CANCEL_PUT_REFRESH),
  },
  {
    name: 'asg-terraform-auto-rollback',
    shows:
      'Auto Scaling already rolls back, from the bad version to the bad version: Lastgood stops that, and does not join it',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      const preferences = {
        ...SLOWLY,
        AutoRollback: true,
        AlarmSpecification: { Alarms: [QUICK_ALARM] },
      };
      fleet.release(FAULTY, { as: 'both', preferences });
      await stage.aftermath();
    },
    ends: backOn('1', CANCEL_PUT_REFRESH),
  },
  {
    name: 'asg-latest',
    shows: 'the group follows $Latest, which Auto Scaling cannot roll back: a numbered version is put on it',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage, { follows: '$Latest' });
      fleet.release(FAULTY, { as: 'saved', preferences: SLOWLY });
      await stage.aftermath();
    },
    ends: backOn('1', CANCEL_PUT_REFRESH),
  },
  {
    name: 'asg-protected-instances',
    shows:
      "new instances are protected from scale in, and a rollback of Auto Scaling would wait an hour for a person: Lastgood's replaces them",
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage, { group: { NewInstancesProtectedFromScaleIn: false } });
      fleet.call('UpdateAutoScalingGroup', { NewInstancesProtectedFromScaleIn: true });
      fleet.release(FAULTY, { preferences: SLOWLY });
      await stage.aftermath();
    },
    ends: backOn('1', ['CancelInstanceRefresh', 'StartInstanceRefresh']),
  },
  {
    name: 'asg-standby-instance',
    shows: 'one bad instance is in standby for an engineer to look at: it is left there, all others go back',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      const id = fleet.group().Instances?.at(-1)?.InstanceId;
      fleet.call('EnterStandby', { InstanceIds: [id], ShouldDecrementDesiredCapacity: false });
      await stage.aftermath();
    },
    ends: {
      ...backOn('1', ['UpdateAutoScalingGroup', 'StartInstanceRefresh']),
      also: (stage) => wentTo(stage, '1') ?? standsBy(stage),
    },
  },
  {
    name: 'asg-image-deregistered',
    shows: 'the image of the good version is gone: there is no way back, and nothing is written',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      stage.call('ec2', 'DeregisterImage', { ImageId: fleet.image(1) });
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, because: /was deregistered/, writes: [] },
  },
  {
    name: 'asg-way-back-without-capacity',
    shows:
      'EC2 has no instance of the type for the way back: people read it within minutes, and the bad instances are kept',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY);
      await fleet.refreshed();
      stage.world.ec2.faults.set('m7g.large', 'no capacity');
      await stage.aftermath(150);
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['UpdateAutoScalingGroup', 'StartInstanceRefresh'],
      because: /Auto Scaling says: We currently do not have sufficient m7g\.large capacity/,
      also: wasPublishedEarly(/do not have sufficient m7g\.large capacity/),
    },
  },
  {
    name: 'asg-launches-suspended',
    shows:
      'an operator suspended the launching of instances: nothing could be replaced, so nothing is started',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      fleet.call('SuspendProcesses', { ScalingProcesses: ['Launch'] });
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, because: /suspended processes \(Launch\)/, writes: [] },
  },
  {
    name: 'asg-refused-after-put',
    shows:
      'the good version is put on the group, and its refresh is refused: begun and not finished is dirty',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_StartInstanceRefresh.html
      const error = new AwsError('LimitExceeded', 'You have already reached a limit.');
      const refused = { service: 'autoscaling', operation: 'StartInstanceRefresh', error } as const;
      stage.runtime.wire.disturb.fail(refused, Infinity);
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      because: /was begun and could not be finished: LimitExceeded/,
      writes: ['UpdateAutoScalingGroup'],
    },
  },
];

function standsBy(stage: Parameters<typeof wentTo>[0]): string | null {
  const { AutoScalingInstances = [] } = stage.call<{
    AutoScalingInstances?: readonly { readonly LifecycleState?: string }[];
  }>('autoscaling', 'DescribeAutoScalingInstances', {});
  const count = AutoScalingInstances.filter(({ LifecycleState }) => LifecycleState === 'Standby').length;
  return count === 1 ? null : `${count} instances are in standby, not 1`;
}
