import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { publishedEvents } from '../events/published.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openCluster, TARGET, type Cluster } from './cluster.ts';
import { RECEIVER, SOURCE, type Step } from './receiver.ts';

const FAULTY = { errorRate: 0.4 };
const DONE: Step = { after: 120, deploys: 'wanted', answers: { state: 'done', revision: 'v1' } };

/** Opens the cluster, releases a bad revision, and lets it end. */
async function hurt(stage: Stage, steps: readonly Step[], tags: Readonly<Record<string, string>> = {}) {
  const cluster = await openCluster(stage, { steps, tags });
  await cluster.release('v2', FAULTY);
  await stage.aftermath();
  return cluster;
}

const base = { target: TARGET, beside: [RECEIVER] } as const;

/** Returns the fields of the rejections on the bus. */
const rejectedFields = (stage: Stage): string =>
  publishedEvents(stage)
    .filter(({ type }) => type === 'Rollback Rejected')
    .map(({ detail }) => String(detail['field']))
    .join();

const expectRejected = (fields: string) => (stage: Stage) =>
  rejectedFields(stage) === fields ? null : `rejected were [${rejectedFields(stage)}], not [${fields}]`;

/** What the other system may answer, and when. */
export const externalAnswers: readonly Scenario[] = [
  {
    ...base,
    name: 'external-done',
    shows:
      'the system accepts, reports its progress and brings v1 back: proven by the alarm, not by its word',
    async play(stage) {
      await hurt(stage, [
        { after: 1, answers: { state: 'accepted', url: 'https://argocd.example.com/checkout' } },
        { after: 40, answers: { state: 'running', progress: '2 of 3 pods' } },
        DONE,
      ]);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['PutEvents'],
      because: /v1 runs again instead of v2/,
      also: (stage) =>
        summariesOf(stage).some((says) => says.endsWith('checkout: 2 of 3 pods'))
          ? null
          : `no poll shows the progress: ${summariesOf(stage).join(' | ')}`,
    },
  },
  {
    ...base,
    name: 'external-refused',
    shows: 'the system refuses, because auto-sync is on: nothing was changed, so it ends clean',
    async play(stage) {
      await hurt(stage, [{ after: 3, answers: { state: 'refused', reason: 'auto-sync is on' } }]);
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: ['PutEvents'],
      because: /nothing was changed: argocd refused: auto-sync is on/,
    },
  },
  {
    ...base,
    name: 'external-failed',
    shows: 'the system fails midway: a person must look',
    async play(stage) {
      await hurt(stage, [
        {
          after: 60,
          answers: { state: 'failed', reason: 'the sync timed out: token=abc123def456', touched: true },
        },
      ]);
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['PutEvents'],
      because: /argocd failed: the sync timed out: token=\*\*\* \(/,
    },
  },
  {
    ...base,
    name: 'external-silence',
    shows: 'no answer comes within the time of the tag: it may have changed something, so it ends dirty',
    async play(stage) {
      await hurt(stage, [], { 'lastgood:within': '4' });
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['PutEvents'],
      because: /did not settle by .*: no answer from argocd yet/,
    },
  },
  {
    ...base,
    name: 'external-wrong-source',
    shows: 'another source says that it is done: it is rejected, and the silence of the right one ends dirty',
    async play(stage) {
      await hurt(stage, [{ after: 5, answers: { state: 'done', revision: 'v1' }, as: 'intruder' }], {
        'lastgood:within': '4',
      });
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['PutEvents'],
      because: /no answer from argocd yet/,
      also: expectRejected('source'),
    },
  },
  {
    ...base,
    name: 'external-answered-twice',
    shows: 'the system says done and later failed: the first end counts, and the second is rejected',
    async play(stage) {
      await hurt(stage, [
        { after: 20, deploys: 'wanted', answers: { state: 'done', revision: 'v1' } },
        { after: 25, answers: { state: 'done', revision: 'v1' } },
        { after: 40, answers: { state: 'failed', reason: 'a stuck hook' } },
      ]);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['PutEvents'],
      also: expectRejected('detail.rollback'),
    },
  },
  {
    ...base,
    name: 'external-late-answer',
    shows: 'the answer comes after the deadline that the event named: rejected, and a person must look',
    async play(stage) {
      await hurt(stage, [{ after: 400, deploys: 'wanted', answers: { state: 'done', revision: 'v1' } }], {
        'lastgood:within': '4',
      });
      await stage.minutes(5);
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['PutEvents'],
      because: /did not settle by/,
      also: expectRejected('detail.rollback'),
    },
  },
  {
    ...base,
    name: 'external-another-revision',
    shows: 'the system brings back another revision than the one that was asked for: a person must look',
    async play(stage) {
      await hurt(stage, [{ after: 60, deploys: 'v0', answers: { state: 'done', revision: 'v0' } }]);
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['PutEvents'],
      because: /argocd brought back v0, not v1/,
    },
  },
  {
    ...base,
    name: 'external-retry',
    shows:
      'Revert is retried after its event was put: the event comes again with the same id, and one way back is made',
    async play(stage) {
      const cluster = await openCluster(stage, { steps: [DONE] });
      stage.runtime.wire.disturb.precede('events', 'PutEvents', () => loseNote(stage));
      await cluster.release('v2', FAULTY);
      await stage.aftermath();
      expectOneId(cluster);
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['PutEvents', 'PutEvents'] },
  },
  {
    ...base,
    name: 'external-delivered-twice',
    shows: 'EventBridge delivers the event twice: the receiver knows the id',
    async play(stage) {
      stage.runtime.bus.duplicate(({ 'detail-type': type }) => type === 'Rollback Wanted');
      expectOneId(await hurt(stage, [DONE]));
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['PutEvents'] },
  },
];

function summariesOf(stage: Stage): readonly string[] {
  const slices = rollbacksIn(stage.runtime).flatMap(({ states }) =>
    states.map(({ input }) => (input as { settled?: { summary?: string } } | null)?.settled?.summary ?? ''),
  );
  return [...new Set(slices)].filter((says) => says !== '');
}

/** Fails the write that follows the event: the function cannot note that it was put, and runs again. */
function loseNote(stage: Stage): void {
  const error = new AwsError('InternalServerError', 'Internal server error.', 500);
  stage.runtime.wire.disturb.fail({ service: 'dynamodb', operation: 'UpdateItem', error }, 4);
}

function expectOneId({ came }: Cluster): void {
  const ids = new Set(came.map(({ rollback }) => rollback));
  if (came.length < 2 || ids.size !== 1)
    throw new Error(`${came.length} events came, with ${ids.size} ids, for ${SOURCE}`);
}
