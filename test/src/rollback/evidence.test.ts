import { describe, expect, it } from 'vitest';
import {
  CAUSES,
  causeAdvice,
  causeIn,
  companionAdvice,
  evidenceIn,
  type Evidence,
} from '../../../src/rollback/evidence.ts';

const AT = '2026-11-22T03:00:00.000Z';
const evidence = (more: Partial<Evidence> = {}): Evidence => ({ at: AT, found: [], missing: [], ...more });

describe('evidence in a document', () => {
  it('is read where it was gathered', () => {
    expect(evidenceIn({ evidence: evidence() })).toEqual(evidence());
  });

  it.each<[string, object | undefined]>([
    ['nothing was gathered', undefined],
    ['all was too large', { Error: 'States.DataLimitExceeded' }],
    ['none came in time', { evidence: { Error: 'States.Timeout' } }],
  ])('is none where %s', (_, gathered) => {
    expect(evidenceIn(gathered)).toBeNull();
  });
});

describe('advice from evidence', () => {
  const triage = { cause: 'crash', says: 'It crashes.', because: [] } as const;

  it('names the next step for the revision at fault, if the cause has one', () => {
    expect(causeAdvice(evidence({ triage }), 'checkout:42')).toEqual([
      'Read the log of checkout:42 before you deploy it again.',
    ]);
    const lowered = { ...triage, cause: 'count-changed' } as const;
    expect(causeAdvice(evidence({ triage: lowered }), 'checkout:42')).toEqual([]);
  });

  it.each(CAUSES.filter((cause) => cause !== 'unknown' && cause !== 'count-changed'))(
    'has a next step for %s, which names the revision',
    (cause) => {
      const advice = causeAdvice(evidence({ triage: { ...triage, cause } }), 'checkout:42');
      expect(advice).toEqual([expect.stringMatching(/^[A-Z].*checkout:42.*\.$/)]);
    },
  );

  it('names no cause where none is known', () => {
    const none = [null, evidence(), evidence({ triage: { ...triage, cause: 'unknown' } })];
    expect(none.map(causeIn)).toEqual([null, null, null]);
    expect(none.map((one) => causeAdvice(one, 'checkout:42'))).toEqual([[], [], []]);
    expect(causeIn(evidence({ triage }))).toEqual({ cause: 'crash', says: 'It crashes.' });
  });

  it('offers to put companions back, where a command can', () => {
    expect(companionAdvice(null)).toEqual([]);
    expect(
      companionAdvice(
        evidence({
          companions: [
            { of: 'desired-count', says: 'It was lowered.', command: 'aws ecs update-service' },
            { of: 'listener', says: 'It was modified.' },
          ],
        }),
      ),
    ).toEqual([
      'It was lowered. Lastgood leaves it as it is. To put it back: aws ecs update-service',
      'It was modified. Lastgood leaves it as it is.',
    ]);
  });
});
