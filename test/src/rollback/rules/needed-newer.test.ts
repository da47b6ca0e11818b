import { describe, expect, test } from 'vitest';
import type { OtherDeployment } from '../../../../src/rollback/facts.ts';
import { needsNothingNewer } from '../../../../src/rollback/rules/needed.ts';
import { SURE } from '../../../../src/rollback/rules/confidence.ts';
import type { Case } from '../../../../src/rollback/rules/rule.ts';
import { BAD, GOOD, found, unknown } from '../judge-facts.ts';
import { at, ERRORS, factsOf, meter, REQUESTS, sceneIn, steps } from '../clues/night.ts';

/** The release took traffic from 03:00 on, and the harm began at 03:02. */
const stock: OtherDeployment = {
  target: 'ecs:prod/stock',
  relation: 'dependency',
  startedAt: at('03:01'),
  isEnd: true,
};
const caseOf = (changed: Partial<Case> = {}, others: readonly OtherDeployment[] = [stock]) => {
  const facts = { ...factsOf(), otherDeployments: found(others) };
  const blame = { confidence: 0.66, reasons: [] } as unknown as Case['blame'];
  return { facts, scene: sceneIn(), blame, ...changed } as Case;
};

describe('a dependency that was deployed after the release and just before the harm', () => {
  test('asks a person, who may be answered by another look', () => {
    const asks = {
      says: 'ask',
      timeMayTell: true,
      because:
        'ecs:prod/stock, on which it depends, was deployed after checkout:42 and just before the harm, so a person decides.',
    };
    expect(needsNothingNewer(caseOf())).toMatchObject(asks);
    expect(needsNothingNewer(caseOf({ blame: null }))).toMatchObject(asks);
  });

  test.each<[string, Case]>([
    ['it came before the release', caseOf({}, [{ ...stock, startedAt: at('03:00') }])],
    ['it came after the harm', caseOf({}, [{ ...stock, startedAt: at('03:03') }])],
    ['it is no dependency', caseOf({}, [{ ...stock, relation: 'neighbour' }])],
    ['none is known', caseOf({}, [])],
    ['they could not be read', caseOf({ facts: { ...factsOf(), otherDeployments: unknown('denied') } })],
    ['the tag names none', caseOf({ facts: factsOf() })],
    ['there is no scene', caseOf({ scene: null })],
    ['the measurements surely accuse the release', caseOf({ blame: { confidence: SURE } as Case['blame'] })],
    ['only the new side hurts', caseOf({ scene: sceneIn({ measured: sides() }) })],
  ])('speaks for neither where %s', (_, one) => {
    expect(needsNothingNewer(one)).toBeNull();
  });

  test('counts for five minutes', () => {
    const early = { ...sceneIn().suspect, startedAt: at('02:50') };
    const scene = { ...sceneIn(), suspect: early };
    const asked = (clock: string) =>
      needsNothingNewer(caseOf({ scene }, [{ ...stock, startedAt: at(clock) }]));
    expect([asked('02:58'), asked('02:57')].map((finding) => finding !== null)).toEqual([true, false]);
  });
});

function sides() {
  const on = (metric: 'requests' | 'errors', levels: Record<string, number | null>, revision: string) =>
    meter(metric, steps(levels), { revision });
  return [
    REQUESTS,
    ERRORS,
    on('requests', { '00:00': null, '03:00': 500 }, BAD.id),
    on('requests', { '00:00': 1000, '03:00': 500 }, GOOD.id),
    on('errors', { '00:00': null, '03:02': 200 }, BAD.id),
  ];
}
