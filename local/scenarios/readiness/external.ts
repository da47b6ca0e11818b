import { openCluster, PARAMETER, TARGET, type Cluster } from '../external/cluster.ts';
import { RECEIVER } from '../external/receiver.ts';
import type { Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** Opens the cluster with two releases that are both proven. */
async function openProvenCluster(stage: Stage): Promise<Cluster> {
  const cluster = await openCluster(stage, { steps: [], tags: { 'lastgood:alarms': 'checkout-errors' } });
  await cluster.release('v2');
  await stage.minutes(10);
  return cluster;
}

const untag = (stage: Stage, ...TagKeys: readonly string[]): void =>
  stage.call('ssm', 'RemoveTagsFromResource', {
    ...{ ResourceType: 'Parameter', ResourceId: PARAMETER },
    TagKeys,
  });

const stories: readonly ReadinessStory<Cluster>[] = [
  {
    name: 'external-healthy',
    shows: 'two proven revisions, a source and a rule that carries the event: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ way }) => (way?.to === 'v1' ? null : JSON.stringify(way)),
  },
  {
    name: 'external-source-missing',
    shows: 'the tag that names who may answer was removed',
    spoil: (stage) => untag(stage, 'lastgood:source'),
    finds: ['no-way-back', 'source-missing', 'deployments-unreported'],
    ready: 'no',
  },
  {
    name: 'external-receiver-missing',
    shows: 'the rule that carries the event was deleted',
    spoil: (stage) => {
      const rule = { EventBusName: 'lastgood-prod' };
      stage.call('events', 'RemoveTargets', { ...rule, Rule: 'argocd-wanted', Ids: ['queue'] });
      stage.call('events', 'DeleteRule', { ...rule, Name: 'argocd-wanted' });
    },
    finds: ['receiver-missing'],
    ready: 'no',
  },
  {
    name: 'external-not-permitted',
    shows: 'the organization denies the role to publish: the simulation shows it',
    attached: denying('external', 'events:PutEvents'),
    finds: ['not-permitted'],
    ready: 'no',
  },
];

const silent: readonly ReadinessStory<Cluster>[] = [
  {
    name: 'external-unreported',
    shows: 'nothing reports deployments: an alarm would start nothing',
    finds: ['deployments-unreported'],
    ready: 'yes',
  },
];

const openSilentCluster = (stage: Stage): Promise<Cluster> =>
  openCluster(stage, { steps: [], isSilent: true, tags: { 'lastgood:alarms': 'checkout-errors' } });

export const readinessExternal = [
  ...readinessStories(TARGET, openProvenCluster, stories),
  ...readinessStories(TARGET, openSilentCluster, silent),
].map((story) => ({ ...story, beside: [RECEIVER] }));
