import type { Planned } from '../../src/rollback/document.ts';
import type { Companion } from '../../src/rollback/evidence.ts';
import type { Traces } from '../../src/rollback/triage/traces.ts';
import type { Hidden } from '../../src/aws/mask.ts';

/** The answer of a source of evidence. */
export interface Found {
  readonly lines: readonly string[];
  /** The same for triage. */
  readonly traces?: Partial<Traces>;
  readonly companions?: readonly Companion[];
  /** What no line of any source may show. */
  readonly hidden?: Hidden;
}

/** A source of evidence. If it throws, the error is the reason why its part is missing. */
export interface EvidenceSource {
  readonly name: string;
  /** The kind of target that has it. Absent: every kind. */
  readonly kind?: 'asg' | 'ecs' | 'lambda';
  /** Its lines were written by applications. */
  readonly isLog?: true;
  /** @param signal aborts when the time for gathering is over */
  read(rollback: Planned, signal: AbortSignal): Promise<Found>;
}

export const NOTHING: Found = { lines: [] };

export type Read<T> = (rollback: Planned, signal: AbortSignal) => Promise<T>;

/** Reads once for each rollback, and shares the answer between sources. */
export function shared<T>(read: Read<T>): Read<T> {
  const known = new WeakMap<Planned, Promise<T>>();
  return (rollback, signal) => {
    const answer = known.get(rollback) ?? read(rollback, signal);
    known.set(rollback, answer);
    return answer;
  };
}
