import { describe, expect, it } from 'vitest';
import { INVARIANTS } from '../../../../local/campaign/invariants/all.ts';
import { atFaultCases } from './cases/at-fault.ts';
import { claimCases } from './cases/claims.ts';
import type { Case } from './cases/case.ts';
import { consentCases } from './cases/consent.ts';
import { hygieneCases } from './cases/hygiene.ts';
import { judgementCases } from './cases/judgement.ts';
import { truthCases } from './cases/truth.ts';
import { wayBackCases } from './cases/way-back.ts';
import { judge, nightWith } from './made-up.ts';

const CASES: Readonly<Record<string, Case>> = {
  ...consentCases,
  ...claimCases,
  ...judgementCases,
  ...wayBackCases,
  ...atFaultCases,
  ...truthCases,
  ...hygieneCases,
};

describe('invariants', () => {
  it('are at least twenty, each with a name of its own and an origin', () => {
    const names = INVARIANTS.map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(20);
    expect(new Set(names).size).toBe(names.length);
    expect(INVARIANTS.filter(({ because }) => because.length < 20)).toEqual([]);
  });

  it('each have a case', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(INVARIANTS.map(({ name }) => name).toSorted());
  });

  it.each(Object.entries(CASES))('%s holds', async (name, { holds }) => {
    expect(await judge(name, nightWith(holds))).toEqual([]);
  });

  it.each(Object.entries(CASES))('%s breaks', async (name, { holds, breaks }) => {
    const night = nightWith((parts) => {
      holds?.(parts);
      breaks(parts);
    });
    expect(await judge(name, night)).toEqual([expect.any(String)]);
  });

  it.each(
    Object.entries(CASES).flatMap(([name, { excuses = {} }]) =>
      Object.entries(excuses).map(([why, excuse]) => [name, why, excuse] as const),
    ),
  )('%s is not broken where %s', async (name, _, excuse) => {
    const { holds, breaks } = CASES[name] ?? {};
    const night = nightWith((parts) => {
      holds?.(parts);
      breaks?.(parts);
      excuse(parts);
    });
    expect(await judge(name, night)).toSatisfy(
      (judged: readonly string[] | null) => judged === null || judged.length === 0,
    );
  });

  it.each(
    Object.entries(CASES).flatMap(([name, { excusesNot = {} }]) =>
      Object.entries(excusesNot).map(([why, happens]) => [name, why, happens] as const),
    ),
  )('%s is broken although %s', async (name, _, happens) => {
    const { holds, breaks } = CASES[name] ?? {};
    const night = nightWith((parts) => {
      holds?.(parts);
      breaks?.(parts);
      happens(parts);
    });
    expect(await judge(name, night)).toEqual([expect.any(String)]);
  });

  it.each(
    Object.entries(CASES).flatMap(([name, { idle }]) => (idle === undefined ? [] : [[name, idle] as const])),
  )('%s has nothing to judge in another night', async (name, idle) => {
    expect(await judge(name, nightWith(idle))).toBeNull();
  });
});
