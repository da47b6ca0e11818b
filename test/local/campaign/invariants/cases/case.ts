import type { Parts } from '../made-up.ts';

/** Nights that one invariant judges. Each changes the night that went well. */
export interface Case {
  /** It holds in this night. Absent: in the night that went well. */
  readonly holds?: (parts: Parts) => void;
  /** Breaks it once, after `holds`. */
  readonly breaks: (parts: Parts) => void;
  /** What makes the breach none, by a clause that says so. */
  readonly excuses?: Readonly<Record<string, (parts: Parts) => void>>;
  /** What does not excuse it, although it resembles what does. */
  readonly excusesNot?: Readonly<Record<string, (parts: Parts) => void>>;
  /** A night in which there is nothing to judge. */
  readonly idle?: (parts: Parts) => void;
}

/** A night without a rollback. */
export function quiet(parts: Parts): void {
  parts.calls = [];
  parts.executions = [];
  parts.published = [];
}
