/** The examination of one candidate: a way to it, or its blockers, one line each. */
export type Examined<W> =
  { readonly way: W; readonly notes: readonly string[] } | { readonly blockers: readonly string[] };

/** The way to the first candidate that has one, or null, and why the candidates before it were passed over. */
export interface FirstWay<W> {
  readonly way: W | null;
  readonly notes: readonly string[];
}

/**
 * Returns the way to the first candidate that has one. Examines one candidate after the other, because each costs calls
 * while the target is broken.
 * @param says words for a plan's notes on why a candidate was passed over
 */
export async function firstWay<C, W>(
  candidates: readonly C[],
  says: (candidate: C, why: string) => string,
  examine: (candidate: C) => Promise<Examined<W>> | Examined<W>,
): Promise<FirstWay<W>> {
  const before: string[] = [];
  for (const candidate of candidates) {
    const examined = await examine(candidate);
    if ('way' in examined) return { way: examined.way, notes: once([...before, ...examined.notes]) };
    before.push(...examined.blockers.map((why) => says(candidate, why)));
  }
  return { way: null, notes: once(before) };
}

/** Several candidates may have one name, and the same blocker. */
function once(notes: readonly string[]): readonly string[] {
  return [...new Set(notes)];
}

/** How such a note begins. */
export const PASSED_OVER = 'passed over ';

/** Words a note of a plan on why a candidate was passed over. */
export function passedOver(name: string, why: string): string {
  return `${PASSED_OVER}${name}: ${why}`;
}
