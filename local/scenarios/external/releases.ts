import { putAsPipeline, eventOf } from '../events/speak.ts';
import { isAt } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { openCluster, PARAMETER, TARGET } from './cluster.ts';
import { RECEIVER, type Step } from './receiver.ts';

const FAULTY = { errorRate: 0.4 };
const DONE: Step = { after: 60, deploys: 'wanted', answers: { state: 'done', revision: 'v1' } };
const base = { target: TARGET, beside: [RECEIVER] } as const;
const REQUESTED = eventOf('shop.pipeline', 'Rollback Requested', {
  target: TARGET,
  reason: 'carts are empty since the release',
});

/** What was deployed, as far as it was reported, and who agreed to what. */
export const externalReleases: readonly Scenario[] = [
  {
    ...base,
    name: 'external-in-flight',
    shows: 'the bad rollout is still in flight: the event names it, because only the system can stop it',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE] });
      cluster.begin('v2', FAULTY);
      await stage.aftermath();
      if (cluster.came[0]?.inFlight !== '2') throw new Error(JSON.stringify(cluster.came));
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['PutEvents'] },
  },
  {
    ...base,
    name: 'external-failed-deployment',
    shows: 'the system reports that its deployment failed: a rollback starts without any alarm',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE] });
      cluster.begin('v2', { errorRate: 0.1 });
      await stage.minutes(0.5);
      const failed = { target: TARGET, deployment: '2', revision: 'v2', state: 'failed', reason: 'a hook' };
      await putAsPipeline(stage, [eventOf('argocd.shop', 'Deployment Reported', failed)]);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['PutEvents'] },
  },
  {
    ...base,
    name: 'external-forged-report',
    shows: 'another source reports a failed deployment: nothing is done, and the reason names the tag',
    async play(stage) {
      await openCluster(stage, { steps: [DONE] });
      const forged = { target: TARGET, deployment: '9', revision: 'v9', state: 'failed' };
      await putAsPipeline(stage, [eventOf('intruder', 'Deployment Reported', forged)]);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: true, writes: [], because: /intruder reported the deployment/ },
  },
  {
    ...base,
    name: 'external-no-last-known-good',
    shows: 'the first reported revision hurts: there is nothing to go back to, and nothing is asked',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE], isSilent: true });
      await stage.minutes(1);
      stage.call('events', 'PutEvents', {
        Entries: [
          eventOf('argocd.shop', 'Deployment Reported', {
            ...{ target: TARGET, deployment: '1', revision: 'v2', state: 'completed' },
          }),
        ],
      });
      cluster.begin('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /no reported revision is proven/ },
  },
  {
    ...base,
    name: 'external-its-choice',
    shows: 'nothing reports deployments: a person asks, the event names no revision, and the system chooses',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE], isSilent: true });
      cluster.begin('v2', FAULTY);
      await stage.minutes(1);
      await putAsPipeline(stage, [REQUESTED]);
      await stage.aftermath();
      if (cluster.came[0]?.to !== null) throw new Error(JSON.stringify(cluster.came));
    },
    follows: 'last',
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['PutEvents'],
      because: /last good revision that argocd knows/,
    },
  },
  {
    ...base,
    name: 'external-chosen-and-reported',
    shows:
      'the system chooses, and reports its way back long before it answers: that is no newer deployment, and Lastgood waits',
    async play(stage) {
      const steps: Step[] = [{ after: 400, deploys: 'v1', answers: { state: 'done', revision: 'v1' } }];
      const cluster = await openCluster(stage, { steps, isSilent: true });
      cluster.begin('v2', FAULTY);
      await stage.minutes(1);
      await putAsPipeline(stage, [REQUESTED]);
      await stage.until('the system was asked', () => cluster.came.length > 0);
      const began = { target: TARGET, deployment: '3', revision: 'v1', state: 'started' };
      await putAsPipeline(stage, [eventOf('argocd.shop', 'Deployment Reported', began)]);
      await stage.aftermath();
    },
    follows: 'first',
    ends: { outcome: 'rolled-back', served: true, writes: ['PutEvents'] },
  },
  {
    ...base,
    name: 'external-replaced-itself',
    shows:
      'the system reports that its deployment failed, and that v1 runs again: nothing is asked, and the reason says so',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE] });
      cluster.begin('v2', { errorRate: 0.1 });
      await stage.minutes(1);
      cluster.deploy('v1');
      const report = (deployment: string, revision: string, state: string) =>
        eventOf('argocd.shop', 'Deployment Reported', { target: TARGET, deployment, revision, state });
      await putAsPipeline(stage, [report('3', 'v1', 'completed'), report('2', 'v2', 'failed')]);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: true, writes: [], because: /v1 has replaced v2 since it failed/ },
  },
  {
    ...base,
    name: 'external-unreported',
    shows:
      'nothing reports deployments, and an alarm turns: no deployment can be suspected, so nothing is asked',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE], isSilent: true });
      cluster.begin('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [] },
  },
  {
    ...base,
    name: 'external-not-registered',
    shows: 'there is no parameter for the target: no owner consented, and nothing is asked',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE], tags: null });
      await cluster.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /UnsupportedTarget.*there is no parameter \/lastgood\/external\/argocd\/checkout/,
    },
  },
  {
    ...base,
    name: 'external-not-opted-in',
    shows: 'the parameter has no tag lastgood: nothing is asked',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE], tags: { lastgood: '' } });
      await cluster.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /is not opted in/ },
  },
  {
    ...base,
    name: 'external-no-source',
    shows: 'no tag names who may answer: nothing is asked, because silence would end dirty',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE], tags: { 'lastgood:source': '' } });
      cluster.begin('v2', FAULTY);
      await stage.minutes(1);
      await putAsPipeline(stage, [REQUESTED]);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /has no tag lastgood:source/ },
  },
  {
    ...base,
    name: 'external-source-removed',
    shows: 'the tag that names who may answer is removed after the plan was made: nothing is asked',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE] });
      await cluster.release('v2', FAULTY);
      await stage.until('the plan is made', () => isAt(stage, 'Verdict'));
      stage.call('ssm', 'RemoveTagsFromResource', {
        ...{ ResourceType: 'Parameter', ResourceId: PARAMETER },
        TagKeys: ['lastgood:source'],
      });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /the tag lastgood:source of external:argocd\/checkout was removed after the plan was made/,
    },
  },
  {
    ...base,
    name: 'external-put-back',
    shows: 'a person puts v1 back before the alarm turns: it stays, and nothing is asked',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE] });
      await cluster.release('v2', FAULTY);
      await stage.minutes(1.5);
      await cluster.release('v1');
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      because: /v1 is (?:back|being brought back) already/,
    },
  },
  {
    ...base,
    name: 'external-overtaken',
    shows: 'the fix is reported while the system goes back: Lastgood yields, and a person is notified',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [{ ...DONE, after: 600 }] });
      await cluster.release('v2', FAULTY);
      await stage.until('the system was asked', () => cluster.came.length > 0);
      await stage.minutes(0.5);
      await cluster.release('v3');
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['PutEvents'],
      because: /newer deployment took over, v3/,
    },
  },
];
