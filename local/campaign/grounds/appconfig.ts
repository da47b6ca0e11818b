import { environmentArn } from '@lastgood/embedded-aws/world/appconfig/names.ts';
import { openFlags, type Flags, type Pace } from '../../scenarios/appconfig/flags.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { putAlarms, type Metric, type Watched } from '../alarms.ts';
import type { Ground, Subject } from '../ground.ts';
import type { Release } from '../releases.ts';
import { lastgoodKeys } from './tags.ts';

interface Strategy {
  readonly pace: Pace;
  /** AppConfig rolls a deployment back by the alarm too. */
  readonly isMonitored?: true;
}

/** How AppConfig deploys a configuration, by strategy. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  'all-at-once': { pace: { minutes: 0, bake: 0 } },
  'all-at-once-with-bake': { pace: { minutes: 0, bake: 10 } },
  linear: { pace: { minutes: 20, bake: 0 } },
  'linear-with-bake': { pace: { minutes: 10, bake: 10 } },
  'linear-goes-back': { pace: { minutes: 10, bake: 10 }, isMonitored: true },
};

/** The metrics that the application publishes of itself: AppConfig has none of its clients. */
const WATCHED: Watched = { errors: [metric('Errors')], requests: [metric('Requests')] };

function metric(name: string): Metric {
  return { namespace: 'Flags', name, dimensions: { Environment: 'shop/prod' } };
}

/** A monitor watches the soak. Without data it was not OK, and the sweep looks again so many minutes later. */
const MONITORED_MINUTES = 10;

/** Configurations that AppConfig deploys. */
export const grounds: readonly Ground[] = Object.entries(STRATEGIES).map(
  ([strategy, { pace, isMonitored = false }]) => ({
    ...{ kind: 'appconfig', controller: 'AppConfig', strategy },
    open: async (stage, settings, first) => {
      let alarms: readonly string[] = [];
      const flags = await openFlags(stage, {
        ...{ tags: settings.tags, first: contentOf(first), effect: first.behaviour, proven: false },
        ...{ monitored: isMonitored, alarm: 'errors' },
        putAlarms: (target) => {
          alarms = putAlarms(stage, settings, WATCHED, target);
        },
      });
      if (isMonitored) await stage.minutes(MONITORED_MINUTES);
      return subjectOf(stage, flags, alarms, first, pace);
    },
  }),
);

function contentOf({ name }: Release): object {
  return { release: name };
}

function subjectOf(
  stage: Stage,
  flags: Flags,
  alarms: readonly string[],
  first: Release,
  pace: Pace,
): Subject {
  const versions = new Map([[first.name, '1']]);
  const versionOf = (release: Release): string => {
    const version =
      versions.get(release.name) ?? flags.publish(contentOf(release), flags.profile, release.behaviour);
    versions.set(release.name, version);
    return version;
  };
  const call = (operation: string, input: object) =>
    stage.call('appconfig', operation, { ...flags.ids, ...input });
  return {
    ...{ target: flags.target, alarms },
    deploy: (release) => void flags.deploy(versionOf(release), pace),
    releaseOf: (revision) => [...versions].find(([, version]) => version === revision)?.[0] ?? null,
    tag: (tags) => retag(stage, flags, tags),
    can: {
      abort: () => call('StopDeployment', { DeploymentNumber: flags.deployments()[0]?.DeploymentNumber }),
      drift: () => call('UpdateEnvironment', { Description: 'the users of the shop' }),
      'lose-first': () =>
        stage.call('appconfig', 'DeleteHostedConfigurationVersion', {
          ApplicationId: flags.ids.ApplicationId,
          ...{ ConfigurationProfileId: flags.profile, VersionNumber: 1 },
        }),
    },
  };
}

function retag(stage: Stage, { ids }: Flags, Tags: Readonly<Record<string, string>>): void {
  const ResourceArn = environmentArn(ids);
  const { Tags: now = {} } = stage.call<{ Tags?: Record<string, string> }>(
    ...(['appconfig', 'ListTagsForResource', { ResourceArn }] as const),
  );
  stage.call('appconfig', 'UntagResource', { ResourceArn, TagKeys: lastgoodKeys(now) });
  if (Object.keys(Tags).length > 0) stage.call('appconfig', 'TagResource', { ResourceArn, Tags });
}
