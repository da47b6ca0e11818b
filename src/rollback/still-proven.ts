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

/** What speaks against a candidate, whatever runs there. */
export interface Reserved {
  /** It was at fault after it was proven: a doubt is too much then. */
  readonly isBlamedSince?: true;
  /** It gives more traffic to a side that the change at fault gave more. */
  readonly isRaised?: true;
  /** It is not proven: it had the traffic before the change at fault. */
  readonly isUnproven?: true;
}

/** Judges whether a candidate still is what was proven, or what ran before the change at fault. */
export function stillProven(
  { other, unknown, hidden }: Strangers,
  { isBlamedSince, isRaised, isUnproven }: Reserved,
): StillProven {
  const revision = isUnproven === true ? 'revision that ran before' : 'proven revision';
  if (other.length > 0) return blockedBy(`${other.join(' and ')} no longer runs the ${revision}`);
  if (isRaised === true)
    return blockedBy('the change at fault moved traffic to the same side, so the fault may be there');
  if (unknown.length === 0) return AS_PROVEN;
  const doubt = `it is unknown whether ${unknown.join(' and ')} still runs the ${revision}: AWS does not show ${hidden}`;
  if (isBlamedSince === true) return blockedBy(`it was at fault after it was proven, and ${doubt}`);
  return { blocker: null, doubts: [doubt] };
}

/** Returns why a person decides on a candidate that is not proven. */
export function askingFor(to: string, { isUnproven }: Reserved): { readonly doubt?: string } {
  if (isUnproven !== true) return {};
  return {
    doubt: `${to} had the traffic before the change at fault and is not proven, so a person decides.`,
  };
}

export function blockedBy(blocker: string): StillProven {
  return { blocker, doubts: [] };
}
