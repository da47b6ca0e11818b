import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { Rollback } from '../../../src/rollback/document.ts';
import { request } from '../requests.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openFleet, QUICK_ALARM, TARGET, wentTo } from './fleet.ts';
import { isVerifying, rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.5 };
const AT_ONCE = { MaxHealthyPercentage: 200 };
const PUT_REFRESH = ['UpdateAutoScalingGroup', 'StartInstanceRefresh'];

/** Spot instances, with tags for everything that their launch makes. */
const SPOT: RequestLaunchTemplateData = {
  InstanceMarketOptions: { MarketType: 'spot' },
  TagSpecifications: (['instance', 'volume', 'network-interface', 'spot-instances-request'] as const).map(
    (ResourceType) => ({ ResourceType, Tags: [{ Key: 'team', Value: 'web' }] }),
  ),
};

const backOn = (version: string): Ending => ({
  outcome: 'rolled-back',
  served: true,
  writes: PUT_REFRESH,
  also: (stage) => wentTo(stage, version),
});

/** Versions that come, return or stay without an instance refresh. */
export const asgDrift: readonly Scenario[] = [
  {
    name: 'asg-rolling-update',
    shows:
      'a stack update replaces the instances without a refresh: their versions and start times reveal the bad version',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage, { isRolled: true });
      await fleet.roll(fleet.version(FAULTY), 2);
      await stage.aftermath();
    },
    ends: backOn('1'),
  },
  {
    name: 'asg-rolling-update-under-way',
    shows:
      'the same, and the alarm turns while the stack still replaces instances: the stack goes on, with the good version',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage, { isRolled: true, group: { DesiredCapacity: 8, MaxSize: 20 } });
      await fleet.roll(fleet.version(FAULTY), 1);
      await stage.aftermath();
    },
    ends: backOn('1'),
  },
  {
    name: 'asg-latest-scale-out',
    shows:
      'the group follows $Latest, and a scale-out launches a new version that nothing deployed: a numbered version is put on it',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage, { follows: '$Latest' });
      fleet.version(FAULTY);
      fleet.call('SetDesiredCapacity', { DesiredCapacity: 8 });
      stage.journal.note('version 2 is made, and the group grows');
      await stage.aftermath();
    },
    ends: backOn('1'),
  },
  {
    name: 'asg-condemned-again',
    shows:
      'an hour after a rollback a stack update names the bad version again without a refresh, and a scale-out launches it: a person is asked',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: AT_ONCE });
      await stage.aftermath();
      await stage.minutes(65);
      const { LaunchTemplateId } = fleet.group().LaunchTemplate ?? {};
      fleet.call('UpdateAutoScalingGroup', { LaunchTemplate: { LaunchTemplateId, Version: '2' } });
      fleet.call('SetDesiredCapacity', { DesiredCapacity: 8 });
      stage.journal.note('a stack update puts version 2 on the group, and it grows');
      await stage.until('it is judged again', () => rollbacksIn(stage.runtime).length === 2);
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      outcome: 'skipped',
      served: false,
      writes: PUT_REFRESH,
      because: /No answer came/,
      also: (stage) => askedAbout(stage, 'web:2 was rolled back before and is deployed again'),
    },
  },
  {
    name: 'asg-put-back-while-verified',
    shows:
      'the bad version is put on the group again during the proof: the next instance would run it, and a person is notified',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: AT_ONCE });
      await stage.until('the way back is being proven', () => isVerifying(stage.runtime));
      const { LaunchTemplateId } = fleet.group().LaunchTemplate ?? {};
      fleet.call('UpdateAutoScalingGroup', { LaunchTemplate: { LaunchTemplateId, Version: '2' } });
      stage.journal.note('a stack update puts version 2 on the group');
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: PUT_REFRESH,
      because: /A newer deployment took over, lt-\w+\/2: .* was put on the group/,
    },
  },
  {
    name: 'asg-scaled-in-while-verified',
    shows: 'an autoscaler takes instances away during the proof: those that are still wanted prove it',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: AT_ONCE });
      await stage.until('the way back is being proven', () => isVerifying(stage.runtime));
      fleet.call('SetDesiredCapacity', { DesiredCapacity: 2 });
      stage.journal.note('an autoscaler scales in to two instances');
      await stage.aftermath();
    },
    ends: backOn('1'),
  },
  {
    name: 'asg-rotation-fails',
    shows:
      'a refresh that only replaces instances of the proven version fails: it changed nothing, and nothing is done',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.deploy('1', { ...AT_ONCE, AlarmSpecification: { Alarms: [QUICK_ALARM] } });
      await stage.minutes(1);
      const state = { StateValue: 'ALARM', StateReason: 'a drill' };
      stage.call('cloudwatch', 'SetAlarmState', { AlarmName: QUICK_ALARM, ...state });
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      because: /web:1 was only deployed again over itself/,
    },
  },
  {
    name: 'asg-image-from-parameter',
    shows:
      'both versions take their image from one parameter, which names a bad one now: going back would change nothing, so it ends clean',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage, { parameter: '/web/ami' });
      fleet.release(FAULTY, { preferences: AT_ONCE });
      await fleet.refreshed();
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /would change nothing: .* the parameter \/web\/ami: set that back/,
    },
  },
  {
    name: 'asg-parameter-set-back',
    shows:
      'Spot instances take their image from a parameter, which an operator set back: the good version launches the good image',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage, { parameter: '/web/ami', launch: SPOT });
      fleet.release(FAULTY, { preferences: AT_ONCE });
      await fleet.refreshed();
      const parameter = { Name: '/web/ami', Value: fleet.image(1), Type: 'String', Overwrite: true };
      stage.call('ssm', 'PutParameter', parameter);
      request(stage, { target: TARGET, reason: 'the parameter is set back' });
      await stage.aftermath();
    },
    ends: backOn('1'),
  },
  {
    name: 'asg-unused-target-group',
    shows: 'the fleet is also in a target group that no load balancer uses: the proof ignores it',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage, { hasSpare: true });
      fleet.release(FAULTY, { preferences: AT_ONCE });
      await stage.aftermath();
    },
    ends: backOn('1'),
  },
];

/** Returns null if the last execution asked for this reason, or else its reasons. */
function askedAbout({ runtime }: Stage, because: string): string | null {
  const { verdict } = rollbacksIn(runtime).at(-1)?.states.at(-1)?.input as Rollback;
  const reasons = verdict?.reasons.join(' ') ?? 'nothing';
  return verdict?.verdict === 'ask' && reasons.includes(because) ? null : `the reasons were: ${reasons}`;
}
