/** The parts of a candidate whose present revision is not the proven one, or unknown. Names for people. */
export interface Strangers {
  readonly other: readonly string[];
  readonly unknown: readonly string[];
  /** What AWS does not show of the unknown ones: `what its targets run`. */
  readonly hidden: string;
}

/** Whether a candidate still is what was proven: why not, or what is unknown of it. */
export interface StillProven {
  readonly blocker: string | null;
  readonly doubts: readonly string[];
}

/** A candidate that is as it was proven, and requested weights, which accept what runs now. */
export const AS_PROVEN: StillProven = { blocker: null, doubts: [] };

/**
 * Judges whether a candidate still is what was proven.
 * @param isBlamedSince it was at fault after it was proven: a doubt is too much then
 */
export function stillProven(
  { other, unknown, hidden }: Strangers,
  { isBlamedSince }: { readonly isBlamedSince?: true },
): StillProven {
  if (other.length > 0) return blockedBy(`${other.join(' and ')} no longer runs the proven revision`);
  if (unknown.length === 0) return AS_PROVEN;
  const doubt = `it is unknown whether ${unknown.join(' and ')} still runs the proven revision: AWS does not show ${hidden}`;
  if (isBlamedSince === true) return blockedBy(`it was at fault after it was proven, and ${doubt}`);
  return { blocker: null, doubts: [doubt] };
}

export function blockedBy(blocker: string): StillProven {
  return { blocker, doubts: [] };
}
