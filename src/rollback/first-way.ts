/** What was found of one candidate: a way to it, or why there is none, one line each. */
export type Examined<W> =
  { readonly way: W; readonly notes: readonly string[] } | { readonly blockers: readonly string[] };

/** The first candidate's way, or null; and why those before it were passed over. */
export interface FirstWay<W> {
  readonly way: W | null;
  readonly notes: readonly string[];
}

/**
 * Takes the first candidate to which there is a way. Looks at one after the other, because each costs calls while the
 * target is broken.
 * @param says why a candidate was passed over, in the words of a plan's notes
 */
export async function firstWay<C, W>(
  candidates: readonly C[],
  says: (candidate: C, why: string) => string,
  examine: (candidate: C) => Promise<Examined<W>> | Examined<W>,
): Promise<FirstWay<W>> {
  const before: string[] = [];
  for (const candidate of candidates) {
    const examined = await examine(candidate);
    if ('way' in examined) return { way: examined.way, notes: [...before, ...examined.notes] };
    before.push(...examined.blockers.map((why) => says(candidate, why)));
  }
  return { way: null, notes: before };
}

/** Says in a plan's notes why a candidate was passed over. */
export function passedOver(name: string, why: string): string {
  return `passed over ${name}: ${why}`;
}
