import { describe, expect, it } from 'vitest';
import type { Deployment, Plan } from '../../../src/rollback/plan.ts';
import { alsoTakenBack } from '../../../src/rollback/taken-back.ts';
import { at, omit, planOf } from './judge-facts.ts';

/** `3`: a completed release of checkout:3. */
const release = (version: number, changed: Partial<Deployment> = {}): Deployment => ({
  id: `d-${version}`,
  state: 'completed',
  startedAt: at('03:00'),
  revision: revision(version),
  isRollback: false,
  ...changed,
});
const revision = (version: number) => ({ id: `r-${version}`, name: `checkout:${version}` });

const said = (recent: readonly Deployment[], changed: Partial<Plan> = {}) => {
  const [newest] = recent;
  const from = newest?.revision ?? revision(0);
  return alsoTakenBack({ ...planOf(undefined, { recent, from, to: revision(1) }), ...changed } as Plan);
};

describe('the releases that a way back takes out of service besides the one at fault', () => {
  it.each<[string, readonly Deployment[], string | null]>([
    ['the one before', [release(2), release(1)], null],
    [
      'over one release',
      [release(3), release(2), release(1)],
      'checkout:2 came in between, and the way back takes it',
    ],
    [
      'over two',
      [release(4), release(3), release(2), release(1)],
      'checkout:3 and checkout:2 came in between, and the way back takes them',
    ],
    [
      'over many',
      [7, 6, 5, 4, 3, 2, 1].map((version) => release(version)),
      'checkout:6, checkout:5, checkout:4 and 2 more came in between',
    ],
    [
      'over three',
      [5, 4, 3, 2, 1].map((version) => release(version)),
      'checkout:4, checkout:3, checkout:2 came',
    ],
    ['over one that failed', [release(3), release(2, { state: 'failed' }), release(1)], null],
    ['over a way back', [release(3), release(2, { isRollback: true }), release(1)], null],
    ['over a restart', [release(3, { content: 'c' }), release(2, { content: 'c' }), release(1)], null],
    ['to one that the plan does not list', [release(3), release(2)], null],
  ])('%s', (_, recent, says) => {
    if (says === null) expect(said(recent)).toBeNull();
    else expect(said(recent)).toContain(says);
  });

  it('includes what came after the suspect', () => {
    const recent = [release(4), release(3), release(2), release(1)];
    expect(said(recent, { suspect: revision(2) })).toContain('checkout:3 came in between');
  });

  it('is none without a way back', () => {
    expect(alsoTakenBack({ at: at('03:00'), tags: {}, state: 'no-way-back', reason: 'none' })).toBeNull();
    expect(alsoTakenBack(undefined)).toBeNull();
  });

  it('is none where only the newest deployment is known', () => {
    expect(alsoTakenBack(omit(planOf(), 'recent'))).toBeNull();
  });
});
