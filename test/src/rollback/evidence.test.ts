import { describe, expect, it } from 'vitest';
import { causeAdvice, companionAdvice, evidenceIn, type Evidence } from '../../../src/rollback/evidence.ts';

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

  it('names the likely cause, and the next step if there is one', () => {
    expect(causeAdvice(evidence({ triage }))).toEqual([
      'Likely cause: It crashes. Read its log before you deploy it again.',
    ]);
    const lowered = { ...triage, cause: 'count-changed', says: 'It was lowered.' } as const;
    expect(causeAdvice(evidence({ triage: lowered }))).toEqual(['Likely cause: It was lowered.']);
  });

  it('names no cause where none is known', () => {
    expect(causeAdvice(null)).toEqual([]);
    expect(causeAdvice(evidence())).toEqual([]);
    expect(causeAdvice(evidence({ triage: { ...triage, cause: 'unknown' } }))).toEqual([]);
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
