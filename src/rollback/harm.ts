import type { Instant } from './request.ts';
import { valueOf, type Unit } from './unit.ts';

/** How bad the harm was before the way back, and how bad it has been since that settled. */
export interface Harm {
  /** What was measured: `share of failed requests`. */
  readonly of: string;
  readonly unit: Unit;
  readonly before: number;
  readonly now: number;
  /** Start of the whole periods of which `now` is the middle value. */
  readonly since: Instant;
  /** `alike`: going back did not help. `worse`: users are clearly worse off than before. */
  readonly is: 'less' | 'alike' | 'worse';
}

/** Writes the comparison as a sentence. */
export function wordsOfHarm({ of, unit, before, now, since, is }: Harm): string {
  const values = `${of} ${valueOf(before, unit)} before, ${valueOf(now, unit)} since ${since.slice(11, 16)} UTC`;
  return `${SAYS[is]}: ${values}.`;
}

const SAYS: Readonly<Record<Harm['is'], string>> = {
  less: 'The harm is less than before',
  alike: 'Going back did not help',
  worse: 'Users are clearly worse off than before',
};
