import { openCluster, PARAMETER, TARGET, type Cluster } from '../../scenarios/external/cluster.ts';
import { RECEIVER, SOURCE, type Step, type Wanted } from '../../scenarios/external/receiver.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { behindBalancer, putAlarms } from '../alarms.ts';
import type { Ground, Subject } from '../ground.ts';
import { Pipeline } from '../pipeline.ts';
import type { Release } from '../releases.ts';
import { lastgoodKeys } from './tags.ts';

const done = ({ to }: Wanted) => ({ state: 'done', revision: to ?? 'v1' });

/** What the system does when Lastgood asks, by strategy. */
const STRATEGIES: Readonly<Record<string, readonly Step[]>> = {
  'goes-back': [
    { after: 1, answers: { state: 'accepted', url: 'https://argocd.example.com/checkout' } },
    { after: 60, deploys: 'wanted', answers: done },
  ],
  'goes-back-slowly': [
    { after: 1, answers: { state: 'accepted' } },
    { after: 200, answers: { state: 'running', progress: '2 of 3 pods' } },
    { after: 400, deploys: 'wanted', answers: done },
  ],
  refuses: [{ after: 3, answers: { state: 'refused', reason: 'auto-sync is on' } }],
  fails: [{ after: 60, answers: { state: 'failed', reason: 'the sync timed out', touched: true } }],
  'does-not-answer': [],
};

/** From the report of a deployment until the system reports its end. */
const COMPLETES_SECONDS = 90;

/** Clusters that another system deploys, and that it takes back when Lastgood asks. */
export const grounds: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, steps]) => ({
  ...{ kind: 'external', controller: 'argocd', strategy, beside: [RECEIVER] },
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const cluster = await openCluster(stage, {
      ...{ tags: settings.tags, steps, first: first.behaviour, proven: false },
      putAlarms: (loadBalancer, targetGroup) => {
        alarms = putAlarms(stage, settings, behindBalancer(loadBalancer, [targetGroup]), TARGET);
      },
    });
    return subjectOf(stage, cluster, alarms, first);
  },
}));

function subjectOf(stage: Stage, cluster: Cluster, alarms: readonly string[], first: Release): Subject {
  const pipeline = new Pipeline(stage.world.clock);
  const known = new Set([first.name]);
  let inFlight: { readonly revision: string; readonly before: string } | null = null;
  return {
    ...{ target: TARGET, alarms },
    deploy: ({ name, behaviour }) => {
      known.add(name);
      inFlight = { revision: name, before: cluster.runs() };
      cluster.begin(name, behaviour);
      pipeline.begin().after(COMPLETES_SECONDS, () => {
        inFlight = null;
        cluster.report(name, 'completed');
      });
    },
    releaseOf: (revision) => (known.has(revision) ? revision : null),
    tag: (tags) => retag(stage, tags),
    can: {
      abort: () => {
        if (inFlight === null) return;
        const { revision, before } = inFlight;
        inFlight = null;
        pipeline.stop();
        cluster.report(revision, 'failed');
        cluster.deploy(before);
      },
    },
  };
}

/** The source stays: it says which system is believed. */
function retag(stage: Stage, tags: Readonly<Record<string, string>>): void {
  const of = { ResourceType: 'Parameter', ResourceId: PARAMETER };
  const { TagList = [] } = stage.call<{
    TagList?: readonly { readonly Key: string; readonly Value: string }[];
  }>(...(['ssm', 'ListTagsForResource', of] as const));
  const now = Object.fromEntries(TagList.map(({ Key, Value }) => [Key, Value]));
  stage.call('ssm', 'RemoveTagsFromResource', { ...of, TagKeys: lastgoodKeys(now) });
  const all = Object.entries({ ...tags, 'lastgood:source': SOURCE });
  stage.call('ssm', 'AddTagsToResource', { ...of, Tags: all.map(([Key, Value]) => ({ Key, Value })) });
}
