import type { Instant } from './request.ts';

/** The likely causes of a bad release. `unknown`: nothing that was found names one. */
export const CAUSES = [
  'out-of-memory',
  'crash',
  'image-pull',
  'secret',
  'permission',
  'health-check',
  'placement',
  'dependency',
  'count-changed',
  'unknown',
] as const;

export type Cause = (typeof CAUSES)[number];

/** The likely cause of the harm, for people. It decides nothing. */
export interface Triage {
  readonly cause: Cause;
  /** One sentence for an operator. */
  readonly says: string;
  /** The lines of the evidence on which it rests. */
  readonly because: readonly string[];
}

/** What the release at fault changed besides the revision, and what the way back leaves as it is. */
export interface Companion {
  readonly of: 'desired-count' | 'scaling-limits' | 'target-group' | 'health-check' | 'listener';
  /** One sentence: what it was, what it is now. */
  readonly says: string;
  /** The command that puts it back, as one line for a shell. Absent: there is none. */
  readonly command?: string;
}

/**
 * Added beside the first wait: evidence that going back would have destroyed. Each source answers, or says why it could
 * not.
 */
export interface Evidence {
  readonly at: Instant;
  readonly found: readonly { readonly source: string; readonly lines: readonly string[] }[];
  readonly missing: readonly { readonly source: string; readonly reason: string }[];
  /** Absent: gathered before triage existed. */
  readonly triage?: Triage;
  /** Absent: the release changed nothing else, or it is unknown. */
  readonly companions?: readonly Companion[];
}
