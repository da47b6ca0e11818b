import { openFleet, TARGET, type Fleet } from '../../../scenarios/asg/fleet.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import type { Ground } from '../../ground.ts';
import { Pipeline, type Run } from '../../pipeline.ts';
import { canDo, openingOf, resize, retag, versionIn } from './group.ts';

/** Target tracking waits fifteen minutes with little load before it scales in, and this is not its first one. */
const SCALES_IN_AFTER_SECONDS = 1200;
/** Between two instances that a stack update ends. */
const PAUSE_SECONDS = 72;

/** Brings a version of the launch template to the instances. */
type Brings = (fleet: Fleet, stage: Stage, run: Run, version: string) => void;

interface Strategy {
  readonly follows?: '$Latest';
  readonly brings: Brings;
}

/** How a version comes to the instances without an instance refresh, by strategy. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  /**
   * The group follows `$Latest`. It doubles for a while, and the default termination policy ends the instances of the
   * oldest version first.
   */
  'latest-scale-out': {
    follows: '$Latest',
    brings: (fleet, _, run) => {
      const { DesiredCapacity = 1 } = fleet.group();
      fleet.call('UpdateAutoScalingGroup', { LaunchTemplate: fleet.choice('$Latest') });
      resize(fleet, DesiredCapacity);
      run.after(SCALES_IN_AFTER_SECONDS, () => fleet.call('SetDesiredCapacity', { DesiredCapacity }));
    },
  },
  /** A stack update puts the version on the group and ends the instances of others, one after another. */
  'stack-update': {
    brings: (fleet, stage, run, version) => {
      fleet.call('UpdateAutoScalingGroup', { LaunchTemplate: fleet.choice(version) });
      endNext(fleet, stage, run, version);
    },
  },
};

/** Groups whose versions come without an instance refresh. */
export const unrefreshed: readonly Ground[] = Object.entries(STRATEGIES).map(
  ([strategy, { follows, brings }]) => ({
    kind: 'asg',
    controller: 'pipeline',
    strategy,
    open: async (stage, settings, first) => {
      const { options, alarms } = openingOf(settings, first);
      const how = follows === undefined ? { isRolled: true as const } : { follows };
      const fleet = await openFleet(stage, { ...options, ...how, proven: false });
      const releases = new Map([['1', first.name]]);
      const pipeline = new Pipeline(stage.world.clock);
      return {
        target: TARGET,
        alarms: alarms(),
        deploy: ({ name, behaviour }) => {
          const known = [...releases].find(([, release]) => release === name)?.[0];
          const isNew = known === undefined || follows !== undefined;
          const version = isNew ? versionFor(fleet, known, behaviour) : known;
          releases.set(version, name);
          brings(fleet, stage, pipeline.begin(), version);
        },
        releaseOf: (revision) => releases.get(versionIn(revision) ?? '') ?? null,
        tag: (tags) => retag(fleet, stage, tags),
        can: { ...canDo(fleet, stage, fleet.image(1)), abort: () => pipeline.stop() },
      };
    },
  }),
);

/** Makes another version, from an earlier one if the release was there before. */
function versionFor(fleet: Fleet, earlier: string | undefined, behaviour: Parameters<Fleet['version']>[0]) {
  return earlier === undefined ? fleet.version(behaviour) : fleet.repeat(Number(earlier));
}

/** Ends one instance of another version, and the next one after a pause. */
function endNext(fleet: Fleet, stage: Stage, run: Run, version: string): void {
  const obsolete = (fleet.group().Instances ?? []).find(
    (one) => one.LifecycleState === 'InService' && one.LaunchTemplate?.Version !== version,
  );
  if (obsolete === undefined) return;
  const input = { InstanceId: obsolete.InstanceId, ShouldDecrementDesiredCapacity: false };
  stage.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', input);
  run.after(PAUSE_SECONDS, () => {
    // A stack update whose version was taken from the group has failed.
    if (fleet.group().LaunchTemplate?.Version === version) endNext(fleet, stage, run, version);
  });
}
