import type { Ending, Scenario } from '../scenario.ts';
import { isVerifying } from '../rollbacks.ts';
import { condemnedBesides } from '../events/published.ts';
import { QUICK_ALARM, TARGET } from './fleet.ts';
import {
  ARM,
  imageNumbered,
  INTEL,
  keptInstances,
  openImageFleet,
  runsBaked,
  type ImageOptions,
} from './own-images.ts';

const FAULTY = { errorRate: 0.5 };

/** One root volume at a time, so that the refresh is in flight when the alarm turns. */
const SLOWLY: ImageOptions = { strategy: 'ReplaceRootVolume' };
const QUICKLY: ImageOptions = {
  strategy: 'ReplaceRootVolume',
  preferences: { MinHealthyPercentage: 50, InstanceWarmup: 0 },
};
const AT_ONCE: ImageOptions = { preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 } };

const PUT_REFRESH = ['UpdateAutoScalingGroup', 'StartInstanceRefresh'];

/** All instances are those that were there, with the image that was baked first. */
const kept = (writes: readonly string[]): Ending => ({
  outcome: 'rolled-back',
  served: true,
  writes,
  also: (stage) => runsBaked(stage, 1) ?? keptInstances(stage),
});

/** Releases that replace the root volumes of instances, which stay. */
export const asgRootVolumes: readonly Scenario[] = [
  {
    name: 'asg-root-volume-in-flight',
    shows: 'the image answers 5xx while a refresh replaces root volumes: Auto Scaling rolls them back',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      fleet.deploy(fleet.bake(FAULTY), SLOWLY);
      await stage.aftermath();
    },
    ends: kept(['RollbackInstanceRefresh']),
  },
  {
    name: 'asg-root-volume-after-completion',
    shows:
      'the alarm turns after all root volumes were replaced: they are replaced again, by the good image, and no instance ends',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      fleet.deploy(fleet.bake(FAULTY), QUICKLY);
      await fleet.refreshed();
      await stage.aftermath();
    },
    ends: kept(PUT_REFRESH),
  },
  {
    name: 'asg-root-volume-joins-auto-rollback',
    shows: 'the refresh watches an alarm and rolls root volumes back natively: Lastgood joins it',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      const AlarmSpecification = { Alarms: [QUICK_ALARM] };
      fleet.deploy(fleet.bake(FAULTY), {
        ...SLOWLY,
        preferences: { AutoRollback: true, AlarmSpecification },
      });
      await stage.aftermath();
    },
    ends: {
      ...kept([]),
      because: /^web:1@ami-\w+ runs again instead of web:1@ami-\w+, .* AWS went back natively\.$/,
    },
  },
  {
    name: 'asg-root-volume-group-names-it',
    shows:
      'the group names the bad image before the refresh, as a stack does: the refresh is cancelled, and another goes back',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      const bad = fleet.bake(FAULTY);
      fleet.put(bad);
      fleet.deploy(bad, SLOWLY);
      await stage.aftermath();
    },
    ends: kept(['CancelInstanceRefresh', ...PUT_REFRESH]),
  },
  {
    name: 'asg-root-volume-image-deregistered',
    shows: 'the image of the good root volumes is gone: there is no way back, and nothing is written',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      fleet.deploy(fleet.bake(FAULTY), QUICKLY);
      await fleet.refreshed();
      stage.call('ec2', 'DeregisterImage', { ImageId: fleet.first[ARM] });
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, because: /was deregistered/, writes: [] },
  },
  {
    name: 'asg-root-volume-person-goes-back',
    shows: 'a person brings the good image back before the alarm turns: that is left alone',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      fleet.deploy(fleet.bake(FAULTY), QUICKLY);
      await fleet.refreshed();
      fleet.deploy(fleet.first, QUICKLY);
      await stage.aftermath();
      await fleet.refreshed();
    },
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      because: /is (being brought )?back already/,
      also: (stage) =>
        runsBaked(stage, 1) ??
        keptInstances(stage) ??
        condemnedBesides(stage, `web:1@${imageNumbered(stage, 2)}`),
    },
  },
  {
    name: 'asg-root-volume-put-back-while-verified',
    shows:
      'the bad image is put on the group again during the proof: the next instance would boot from it, and a person is notified',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      const bad = fleet.bake(FAULTY);
      fleet.deploy(bad, QUICKLY);
      await stage.until('the way back is being proven', () => isVerifying(stage.runtime));
      fleet.put(bad);
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: PUT_REFRESH,
      because: /A newer deployment took over, lt-\w+\/1@ami-\w+: .* was put on the group/,
    },
  },
  {
    name: 'asg-root-volume-fix-goes-through',
    shows: "a newer refresh begins while Lastgood's replaces root volumes: Lastgood yields",
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      fleet.deploy(fleet.bake(FAULTY), QUICKLY);
      await stage.until("Lastgood's began", () => stage.journal.writes().includes('StartInstanceRefresh'));
      await stage.minutes(0.5);
      fleet.call('CancelInstanceRefresh', { WaitForTransitioningInstances: false });
      await stage.minutes(0.2);
      fleet.deploy(fleet.bake(), QUICKLY);
      await stage.aftermath();
      await fleet.refreshed();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: PUT_REFRESH,
      because: /newer|Cancelled/,
      also: (stage) => runsBaked(stage, 3),
    },
  },
  {
    name: 'asg-root-volume-with-another-version',
    shows:
      'the release changed the launch template too: root volumes alone would not do, so the instances are replaced',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      fleet.deploy(fleet.bake(FAULTY), { ...AT_ONCE, version: fleet.version() });
      await fleet.refreshed();
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: PUT_REFRESH, also: (stage) => runsBaked(stage, 1) },
  },
];

/** Releases of images that replace instances. */
export const asgOverrideImages: readonly Scenario[] = [
  {
    name: 'asg-override-image-in-flight',
    shows: 'a refresh replaces instances by those of another image: Auto Scaling rolls it back',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      fleet.deploy(fleet.bake(FAULTY), { preferences: { InstanceWarmup: 240 } });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['RollbackInstanceRefresh'],
      also: (stage) => runsBaked(stage, 1),
    },
  },
  {
    name: 'asg-override-image-mixed',
    shows:
      'two architectures have an image each, and one of the two is bad: each instance type gets its good image back',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage, { types: [ARM, INTEL] });
      fleet.deploy(fleet.bake({ errorRate: 0.9 }, [INTEL]), AT_ONCE);
      await fleet.refreshed();
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: PUT_REFRESH,
      also: (stage) => runsBaked(stage, 1, 2),
    },
  },
  {
    name: 'asg-override-image-mixed-root-volumes',
    shows: 'the same with both images bad, by root volumes: no instance ends',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage, { types: [ARM, INTEL] });
      fleet.deploy(fleet.bake(FAULTY), QUICKLY);
      await fleet.refreshed();
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: PUT_REFRESH,
      also: (stage) => runsBaked(stage, 1, 2) ?? keptInstances(stage),
    },
  },
  {
    name: 'asg-override-image-without-refresh',
    shows:
      'the bad image is put on the group and a scale-out launches it, without a refresh: the instances show which image hurts',
    target: TARGET,
    async play(stage) {
      const fleet = await openImageFleet(stage);
      fleet.put(fleet.bake(FAULTY));
      fleet.call('SetDesiredCapacity', { DesiredCapacity: 8 });
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: PUT_REFRESH, also: (stage) => runsBaked(stage, 1) },
  },
];
