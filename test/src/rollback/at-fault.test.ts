import { expect, test } from 'vitest';
import { contentOf, evidenceAgainst, nameAtFault, revisionAtFault } from '../../../src/rollback/at-fault.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { AT, ready, request } from './documents.ts';
import { at, omit } from './judge-facts.ts';

const verdict = { verdict: 'act', at: AT, reasons: ['It was the deployment.'] } as const;
const acted: Rollback = { request, plan: ready, verdict };
const culprit = { revision: { id: 'revision/culprit', name: 'checkout:40' }, evidence: 'It ran then.' };
const byHand = { target: request.target, reason: 'By hand.' };

test('a revision that was gone back from is at fault, even if an operator asked', () => {
  expect(revisionAtFault(acted, 'rolled-back')).toBe(ready.from);
  expect(revisionAtFault({ ...acted, request: byHand }, 'rolled-back')).toBe(ready.from);
});

test('where another is suspected than the one that runs, that one is', () => {
  const suspect = culprit.revision;
  expect(revisionAtFault({ ...acted, plan: { ...ready, suspect } }, 'rolled-back')).toBe(suspect);
  expect(revisionAtFault({ ...acted, plan: { ...ready, suspect: ready.to } }, 'rolled-back')).toBeNull();
});

test('neither is where both were deployed within the datapoint in which the harm began', () => {
  const began = (id: string, revision: Deployment['revision'], startedAt: string): Deployment => ({
    ...{ id, revision, state: 'completed', startedAt: at(startedAt), isRollback: false },
  });
  const since = { at: at('03:00'), until: at('03:05') };
  const faultOf = (older: string, newer: string, known: object = { since }) => {
    const recent = [began('d-2', ready.from, newer), began('d-1', culprit.revision, older)];
    const plan = { ...ready, suspect: culprit.revision, recent };
    return revisionAtFault({ ...acted, plan, verdict: { ...verdict, ...known } }, 'rolled-back');
  };
  expect([faultOf('03:00', '03:04'), faultOf('03:01', '03:03')]).toEqual([null, null]);
  expect(faultOf('02:59', '03:04')).toBe(culprit.revision);
  expect(faultOf('03:01', '03:05')).toBe(culprit.revision);
  expect(faultOf('03:01', '03:04', {})).toBe(culprit.revision);
  const plan = { ...ready, suspect: culprit.revision, recent: [] };
  const unlisted = { ...acted, plan, verdict: { ...verdict, since } };
  expect(revisionAtFault(unlisted, 'rolled-back')).toBe(culprit.revision);
});

test('one that an alarm accused is at fault even where going back failed, and not where a person asked', () => {
  expect(revisionAtFault(acted, 'failed-dirty')).toBe(ready.from);
  expect(revisionAtFault({ ...acted, request: byHand }, 'failed-dirty')).toBeNull();
  expect(
    revisionAtFault({ ...acted, verdict: { ...verdict, decidedBy: byHand } }, 'failed-clean'),
  ).toBeNull();
  expect(revisionAtFault(omit(acted, 'verdict'), 'failed-dirty')).toBeNull();
});

test('one whose harm stayed once the way back had settled is not, and one whose harm is unknown is', () => {
  const harm = { of: 'failures', unit: 'percent', before: 12, now: 11, since: AT, is: 'alike' } as const;
  const health = { state: 'unproven', at: AT, signs: [], reason: 'x' } as const;
  const faultAfter = (
    known: Partial<Rollback['health']>,
    outcome: 'failed-dirty' | 'rolled-back' = 'failed-dirty',
  ) => revisionAtFault({ ...acted, health: { ...health, ...known } as Rollback['health'] & object }, outcome);
  expect(faultAfter({ harm })).toBeNull();
  expect(faultAfter({ harm: { ...harm, is: 'worse' } })).toBeNull();
  expect(faultAfter({ harm: { ...harm, is: 'less' } })).toBe(ready.from);
  expect(faultAfter({})).toBe(ready.from);
  expect(faultAfter({ harm }, 'rolled-back')).toBe(ready.from);
});

test('what the way back of a rehearsal put there is at fault only where it is accused', () => {
  const after = { ...acted, verdict: { ...verdict, afterRehearsal: true } } as const;
  expect(revisionAtFault({ ...after, request: byHand }, 'rolled-back')).toBeNull();
  expect(
    revisionAtFault({ ...after, verdict: { ...after.verdict, decidedBy: byHand } }, 'rolled-back'),
  ).toBeNull();
  expect(revisionAtFault(after, 'rolled-back')).toBe(ready.from);
});

test('one whose deployment a person cancelled is at fault only where more speaks against it', () => {
  const cancelled: Deployment = {
    ...{ id: 'd-1', revision: ready.from, state: 'failed' as const, startedAt: AT, isRollback: false },
    isCancelled: true,
  };
  const plan = { ...ready, recent: [cancelled] };
  const joins = { ...plan, state: 'join' } as const;
  const failed = { type: 'deployment', id: 'e-1', at: AT, deployment: 'd-1' } as const;
  const byFailure = { ...request, trigger: failed };
  expect(revisionAtFault({ ...acted, plan, request: byFailure }, 'rolled-back')).toBeNull();
  expect(revisionAtFault({ ...acted, plan, request: byFailure }, 'failed-dirty')).toBeNull();
  expect(revisionAtFault({ ...acted, plan: joins }, 'rolled-back')).toBeNull();
  expect(revisionAtFault({ ...acted, plan }, 'rolled-back')).toBe(ready.from);
  expect(revisionAtFault({ ...acted, plan, request: byHand }, 'rolled-back')).toBe(ready.from);
  const other = { ...plan, recent: [{ ...cancelled, revision: ready.to }] };
  expect(revisionAtFault({ ...acted, plan: other, request: byFailure }, 'rolled-back')).toBe(ready.from);
});

test('nothing is at fault without a plan that goes anywhere', () => {
  expect(revisionAtFault({ request }, 'rolled-back')).toBeNull();
  const none = { state: 'no-way-back', at: AT, tags: {}, reason: 'None.' } as const;
  expect(revisionAtFault({ ...acted, plan: none }, 'failed-clean')).toBeNull();
  expect(revisionAtFault({ ...acted, plan: { ...ready, to: ready.from } }, 'rolled-back')).toBeNull();
});

test('after a skip the culprit is, where the verdict names one', () => {
  const skipped: Rollback = { ...acted, verdict: { ...verdict, verdict: 'skip', culprit } };
  expect(revisionAtFault(skipped, 'skipped')).toBe(culprit.revision);
  expect(evidenceAgainst(skipped, 'skipped')).toEqual(['It ran then.']);
  expect(revisionAtFault(acted, 'skipped')).toBeNull();
  expect(evidenceAgainst(acted, 'skipped')).toEqual([]);
  expect(revisionAtFault({ request }, 'skipped')).toBeNull();
  expect(evidenceAgainst({ request }, 'skipped')).toEqual([]);
});

test('the evidence against a revision is the accusation, and no reason that speaks for it', () => {
  const weighed = { ...verdict, reasons: ['It hurt at once.', 'It ran well first.'] };
  expect(evidenceAgainst({ ...acted, verdict: weighed }, 'rolled-back').slice(1)).toEqual(weighed.reasons);
  expect(
    evidenceAgainst({ ...acted, verdict: { ...weighed, against: ['It ran well first.'] } }, 'rolled-back'),
  ).toEqual([request.reason, 'It hurt at once.']);
  expect(evidenceAgainst({ request }, 'failed-dirty')).toEqual([request.reason]);
});

test('the content of a revision is known where the plan compared it', () => {
  const one = {
    id: 'd-1',
    revision: ready.from,
    state: 'completed',
    startedAt: AT,
    isRollback: false,
    content: 'digest',
  } as const;
  expect(contentOf(ready.from, { ...ready, recent: [one] })).toBe('digest');
  expect(contentOf(ready.to, { ...ready, recent: [one] })).toBeUndefined();
  expect(contentOf(ready.from, undefined)).toBeUndefined();
});

test('the evidence is the accusation that decided, and its judgement', () => {
  expect(evidenceAgainst(acted, 'rolled-back')).toEqual(['It hurts.', 'It was the deployment.']);
  expect(evidenceAgainst({ request }, 'rolled-back')).toEqual(['It hurts.']);
  const later = { ...acted, verdict: { ...verdict, decidedBy: byHand } };
  expect(evidenceAgainst(later, 'rolled-back')).toEqual(['By hand.', 'It was the deployment.']);
});

test('the revision at fault has a name, condemned or not', () => {
  expect(nameAtFault({ plan: ready })).toBe('checkout:42');
  expect(nameAtFault({ plan: { ...ready, suspect: culprit.revision } })).toBe('checkout:40');
  expect(nameAtFault({})).toBe('the revision at fault');
});
