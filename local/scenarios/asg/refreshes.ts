import type { Rollback } from '../../../src/rollback/document.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { planNames } from '../changes.ts';
import { request } from '../requests.ts';
import { openFleet, QUICK_ALARM, TARGET, wentTo } from './fleet.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.5 };

/** A refresh that is still in progress when the alarm turns. */
const SLOWLY = { MaxHealthyPercentage: 125, InstanceWarmup: 240 };

const ROLL_BACK = 'RollbackInstanceRefresh';

const backOn = (version: string, writes: readonly string[]): Ending => ({
  outcome: 'rolled-back',
  served: true,
  writes,
  also: (stage) => wentTo(stage, version),
});

/** Releases by instance refresh whose instances are healthy and hurt all the same. */
export const instanceRefreshes: readonly Scenario[] = [
  {
    name: 'asg-errors-in-flight',
    shows:
      'the new image answers 5xx while the refresh is in progress: Lastgood lets Auto Scaling roll it back',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: SLOWLY });
      await stage.aftermath();
    },
    ends: backOn('1', [ROLL_BACK]),
  },
  {
    name: 'asg-succeeds-before-stop',
    shows:
      'the refresh bakes when a person asks, and succeeds while AWS throttles Stop: its version is rolled back',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      const { disturb } = stage.runtime.wire;
      const throttled = new AwsError('Throttling', 'Rate exceeded');
      fleet.release(FAULTY, { preferences: { MaxHealthyPercentage: 200, BakeTime: 60 } });
      await stage.until('it bakes', () => fleet.refresh().Status === 'Baking');
      await stage.minutes(0.8);
      disturb.fail({ service: 'autoscaling', operation: ROLL_BACK, error: throttled }, Infinity);
      request(stage, { target: TARGET, reason: 'carts are empty since the release' });
      await stage.until('Stop is tried', () => tried(stage, ROLL_BACK), 1);
      await stage.until('it succeeds', () => fleet.refresh().Status === 'Successful', 1);
      disturb.heal('autoscaling', ROLL_BACK);
      await stage.aftermath();
    },
    ends: backOn('1', ['UpdateAutoScalingGroup', 'StartInstanceRefresh']),
  },
  {
    name: 'asg-only-settings',
    shows:
      'the release changed the instance profile, the metadata options and a disk beside its image: the plan names each of them',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      const launch = {
        IamInstanceProfile: { Name: 'web-fleet-new' },
        SecurityGroupIds: ['sg-0a1b2c3d'],
        MetadataOptions: { HttpTokens: 'required' as const },
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } }],
      };
      fleet.release(FAULTY, { launch });
      await fleet.refreshed();
      await stage.aftermath();
    },
    ends: {
      ...backOn('1', ['UpdateAutoScalingGroup', 'StartInstanceRefresh']),
      also: planNames(
        /^AMI: ami-\w+ → ami-\w+$/,
        /^launch template IamInstanceProfile\.Name: web-fleet-new → web-fleet$/,
        /^launch template UserData: another value$/,
        /^launch template SecurityGroupIds: sg-0a1b2c3d → none$/,
        /^launch template MetadataOptions\.HttpTokens: required → none$/,
        /^launch template BlockDeviceMappings\[\/dev\/xvda\]\.Ebs\.VolumeSize: 8 → none$/,
      ),
    },
  },
  {
    name: 'asg-errors-after-completion',
    shows:
      'the alarm turns after the refresh ended: the proven version is put on the group, and the instances are replaced, new ones first',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      await stage.aftermath();
    },
    ends: backOn('1', ['UpdateAutoScalingGroup', 'StartInstanceRefresh']),
  },
  {
    name: 'asg-refresh-without-progress',
    shows:
      'new instances never pass a health check, and no alarm turns: Auto Scaling itself fails the refresh after an hour, and Lastgood goes back',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release({ health: 'fails' });
      await stage.aftermath(90);
    },
    ends: { ...backOn('1', ['StartInstanceRefresh']), cause: 'health-check' },
  },
  {
    name: 'asg-joins-auto-rollback',
    shows: 'the refresh watches the alarm and goes back natively: Lastgood joins it, and writes nothing',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      const AlarmSpecification = { Alarms: [QUICK_ALARM] };
      fleet.release(FAULTY, { preferences: { ...SLOWLY, AutoRollback: true, AlarmSpecification } });
      await stage.aftermath();
    },
    ends: { ...backOn('1', []), because: /^web:1 runs again instead of web:2, .* AWS went back natively\.$/ },
  },
  {
    name: 'asg-failed-by-its-alarm',
    shows:
      'the refresh fails by its alarm and stays where it was, old and new side by side: one rollback replaces the new instances',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      const AlarmSpecification = { Alarms: [QUICK_ALARM] };
      fleet.release(FAULTY, { preferences: { ...SLOWLY, AlarmSpecification } });
      await stage.aftermath();
    },
    ends: backOn('1', ['StartInstanceRefresh']),
  },
  {
    name: 'asg-lost-event',
    shows:
      'the events that the good refresh completed and that the bad one failed are lost: the sweep finds both',
    target: TARGET,
    async play(stage) {
      // The event of the alarm on errors, which turns a minute later, is lost too.
      stage.runtime.bus.lose(({ source }) => source === 'aws.autoscaling' || source === 'aws.cloudwatch');
      const fleet = await openFleet(stage);
      const AlarmSpecification = { Alarms: [QUICK_ALARM] };
      fleet.release(FAULTY, { preferences: { ...SLOWLY, AlarmSpecification } });
      await stage.aftermath();
    },
    ends: {
      ...backOn('1', ['StartInstanceRefresh']),
      also: (stage) => wentTo(stage, '1') ?? wasFound(stage),
    },
  },
  {
    name: 'asg-the-fix-goes-through',
    shows:
      "a newer refresh begins while Lastgood's replaces the instances: Lastgood yields, and a person is notified",
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      fleet.release(FAULTY, { preferences: { MaxHealthyPercentage: 200 } });
      await stage.until("Lastgood's began", () => stage.journal.writes().includes('StartInstanceRefresh'));
      await stage.minutes(0.5);
      fleet.call('CancelInstanceRefresh', { WaitForTransitioningInstances: false });
      await stage.minutes(0.2);
      fleet.release({}, { preferences: { MaxHealthyPercentage: 200, SkipMatching: true } });
      await stage.aftermath();
      await fleet.refreshed();
    },
    ends: {
      ...backOn('3', ['UpdateAutoScalingGroup', 'StartInstanceRefresh']),
      outcome: 'failed-dirty',
      because: /newer|Cancelled/,
    },
  },
];

function tried({ runtime }: Stage, operation: string): boolean {
  return runtime.wire.calls.some((call) => call.operation === operation);
}

/**
 * Returns null if the failed refresh started the rollback and the ledger knew the good version, or else what was found.
 */
function wasFound({ runtime }: Stage): string | null {
  const { request, plan } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as Rollback;
  const by = request.trigger?.type ?? 'nothing';
  const source = plan !== undefined && 'source' in plan ? plan.source : 'nothing';
  return by === 'deployment' && source === 'ledger' ? null : `started by ${by}, known from ${source}`;
}
