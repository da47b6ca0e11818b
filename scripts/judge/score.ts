import type { Decision } from './decide.ts';

/** Score of a judge: shares from 0 to 1, and counts. */
export interface Score {
  readonly incidents: number;
  readonly scored: number;
  readonly acted: number;
  readonly asked: number;
  readonly lookedAgain: number;
  readonly precision: number | null;
  readonly precision95: readonly [number, number] | null;
  readonly recall: number | null;
  readonly recall95: readonly [number, number] | null;
  readonly actOrAsk: number | null;
  readonly sideBySide: Counts & { readonly precision: number | null; readonly actOrAsk: number | null };
  readonly byCause: Readonly<Record<string, Counts>>;
  readonly bySet: Readonly<Record<string, Counts>>;
}

export interface Counts {
  readonly n: number;
  readonly acted: number;
  readonly asked: number;
  readonly right: number;
}

/** Decision on one incident, and its truth. */
interface Outcome {
  readonly acted: boolean;
  readonly asked: boolean;
  readonly shouldAct: boolean;
  readonly cause: string;
  readonly set: string | undefined;
  readonly isSideBySide: boolean;
}

/** Scores the decisions. A file without truth is judged but not scored. */
export function scoreOf(decisions: readonly Decision[]): Score {
  const outcomes = decisions.flatMap(outcomeOf);
  const { n: scored, acted, asked } = countsOf(outcomes);
  const should = outcomes.filter(({ shouldAct }) => shouldAct);
  const both = outcomes.filter(({ acted: a, shouldAct }) => a && shouldAct).length;
  return {
    incidents: decisions.length,
    scored,
    acted,
    asked,
    lookedAgain: decisions.filter(({ looks }) => looks > 0).length,
    precision: share(both, acted),
    precision95: wilson(both, acted),
    recall: share(both, should.length),
    recall95: wilson(both, should.length),
    actOrAsk: actOrAskOf(outcomes),
    sideBySide: sideBySideOf(outcomes.filter(({ isSideBySide }) => isSideBySide)),
    byCause: groupedBy(outcomes, ({ cause }) => cause),
    bySet: groupedBy(outcomes, ({ set }) => set),
  };
}

function outcomeOf({ incident, verdict: { verdict }, acts }: Decision): Outcome[] {
  const { truth, series, target } = incident;
  if (truth === undefined) return [];
  const isSideBySide = series.some(({ of }) => of.target === target.name && of.revision !== undefined);
  return [
    {
      acted: acts,
      asked: verdict === 'ask',
      shouldAct: truth.shouldAct,
      cause: truth.cause,
      set: truth.set,
      isSideBySide,
    },
  ];
}

function countsOf(outcomes: readonly Outcome[]): Counts {
  return {
    n: outcomes.length,
    acted: outcomes.filter(({ acted }) => acted).length,
    asked: outcomes.filter(({ asked }) => asked).length,
    right: outcomes.filter(({ acted, shouldAct }) => acted === shouldAct).length,
  };
}

function sideBySideOf(outcomes: readonly Outcome[]): Score['sideBySide'] {
  const counts = countsOf(outcomes);
  const both = outcomes.filter(({ acted, shouldAct }) => acted && shouldAct).length;
  return { ...counts, precision: share(both, counts.acted), actOrAsk: actOrAskOf(outcomes) };
}

function actOrAskOf(outcomes: readonly Outcome[]): number | null {
  const should = outcomes.filter(({ shouldAct }) => shouldAct);
  return share(should.filter(({ acted, asked }) => acted || asked).length, should.length);
}

function groupedBy(
  outcomes: readonly Outcome[],
  keyOf: (one: Outcome) => string | undefined,
): Readonly<Record<string, Counts>> {
  const keys = [...new Set(outcomes.flatMap((one) => keyOf(one) ?? []))].toSorted();
  return Object.fromEntries(keys.map((key) => [key, countsOf(outcomes.filter((one) => keyOf(one) === key))]));
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Standard deviations that hold 95 % of a normal distribution. */
const Z95 = 1.959964;

/** Returns Wilson's interval of a share. https://doi.org/10.1080/01621459.1927.10502953 */
export function wilson(part: number, whole: number): readonly [number, number] | null {
  if (whole === 0) return null;
  const p = part / whole;
  const z2 = Z95 * Z95;
  const middle = (p + z2 / (2 * whole)) / (1 + z2 / whole);
  const half = (Z95 / (1 + z2 / whole)) * Math.sqrt((p * (1 - p)) / whole + z2 / (4 * whole * whole));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
