import { GOOD, openFlags, type Flags, type FlagsOptions } from '../appconfig/flags.ts';
import type { Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** Opens with two proven versions: the first is the way back of the second. */
async function openProvenFlags(stage: Stage, options: FlagsOptions = {}): Promise<Flags> {
  const flags = await openFlags(stage, { monitored: true, ...options });
  flags.release({ ...GOOD, limit: '11' });
  await flags.soaked();
  return flags;
}

const stories: readonly ReadinessStory<Flags>[] = [
  {
    name: 'appconfig-healthy',
    shows: 'both versions are in the store, and the monitor is OK: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way }) =>
      score === 100 && way?.to === 'flags:1' ? null : JSON.stringify({ score, way }),
  },
  {
    name: 'appconfig-configuration-gone',
    shows: 'a clean-up deleted the old version from the store: only a revert would still work',
    spoil: (stage, { ids: { ApplicationId }, profile: ConfigurationProfileId }) => {
      const input = { ApplicationId, ConfigurationProfileId, VersionNumber: 1 };
      stage.call('appconfig', 'DeleteHostedConfigurationVersion', input);
    },
    finds: ['configuration-gone'],
    ready: 'no',
  },
  {
    name: 'appconfig-monitor-red',
    shows: 'a monitor measures nothing and lacks data: AppConfig would undo every new deployment',
    spoil: (stage, { ids }) => {
      const AlarmName = 'shop-nothing';
      stage.call('cloudwatch', 'PutMetricAlarm', {
        ...{ AlarmName, Namespace: 'Flags', MetricName: 'Nothing', Statistic: 'Sum', Period: 60 },
        ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' },
      });
      const AlarmArn = `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${AlarmName}`;
      stage.call('appconfig', 'UpdateEnvironment', { ...ids, Monitors: [{ AlarmArn }] });
    },
    finds: ['alarm-no-data', 'monitor-red'],
  },
  {
    name: 'appconfig-monitors-none',
    shows: 'no alarm rolls a deployment back natively',
    spoil: (stage, { ids }) => {
      stage.call('appconfig', 'UpdateEnvironment', { ...ids, Monitors: [] });
    },
    finds: ['monitors-none'],
    ready: 'yes',
  },
];

const target = ({ target: name }: Flags) => name;

export const readinessAppconfig = [
  ...readinessStories(target, (stage) => openProvenFlags(stage), stories),
  ...readinessStories(target, (stage) => openFlags(stage, { monitored: true }), [
    {
      name: 'appconfig-first-version',
      shows: 'only one version was ever deployed: there is nothing to go back to',
      finds: ['no-way-back'],
    },
  ]),
  ...readinessStories(target, (stage) => openProvenFlags(stage), [
    {
      name: 'appconfig-not-permitted',
      shows: 'another policy denies the write: the simulation shows that the way back would be refused',
      attached: denying('appconfig', 'appconfig:StopDeployment'),
      finds: ['not-permitted'],
      ready: 'no',
    },
  ]),
];
