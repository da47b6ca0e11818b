import type { Instant } from '../../rollback/request.ts';
import type { Counters } from '../counters.ts';
import type { BothSides, Look } from '../document.ts';

/** What a sign is read from. */
export interface Seen {
  readonly sides: BothSides;
  readonly look: Look;
  readonly counters: Counters;
}

/**
 * What a sign shows.
 * - bad: the newer side hurts, by a concurrent control or by persistence. `since`: the first moment of the harm.
 * - good: the newer side was compared, and does not hurt.
 * - open: something speaks against it, but not enough.
 */
export type Finding =
  | {
      readonly is: 'bad';
      readonly by: 'control' | 'persistence';
      readonly since: Instant;
      readonly says: string;
    }
  | { readonly is: 'good' | 'open'; readonly says: string };

/** Reads one sign. Null: it shows nothing, because its data is missing or does not concern this deployment. */
export type Sign = (seen: Seen) => Finding | null;

export function percent(part: number): string {
  return `${(100 * part).toFixed(part < 0.1 ? 1 : 0)} %`;
}
