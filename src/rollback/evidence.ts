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

/** A step that is worth taking before the next release, by cause. Absent: the sentence says it all. */
const NEXT: Readonly<Partial<Record<Cause, string>>> = {
  'out-of-memory': 'Raise its memory, or find the leak, before you deploy it again.',
  crash: 'Read its log before you deploy it again.',
  'image-pull': 'Check that the image was pushed, and that the execution role may pull it.',
  secret: 'Check that the secret or parameter exists, and that the tasks reach it.',
  permission: 'Allow the call that the reason names.',
  'health-check': 'Check the path, port and grace period of the health check.',
  placement: 'Check capacity, quotas, and the minimum and maximum percent of the deployment.',
  dependency: 'Check its address, its security groups and its own health.',
};

/** Returns the evidence of a rollback; null: none was gathered. */
export function evidenceIn(gathered: object | undefined): Evidence | null {
  if (gathered === undefined || !('evidence' in gathered)) return null;
  const evidence = gathered.evidence as Evidence | { readonly Error: string };
  return 'found' in evidence ? evidence : null;
}

/** Returns the likely cause as advice; empty: none is known. */
export function causeAdvice(evidence: Evidence | null): readonly string[] {
  const triage = evidence?.triage;
  if (triage === undefined || triage.cause === 'unknown') return [];
  const next = NEXT[triage.cause];
  return [`Likely cause: ${triage.says}${next === undefined ? '' : ` ${next}`}`];
}

/** Says what the release at fault changed besides the revision, and how to put it back. */
export function companionAdvice(evidence: Evidence | null): readonly string[] {
  return (evidence?.companions ?? []).map(({ says, command }) =>
    command === undefined
      ? `${says} Lastgood leaves it as it is.`
      : `${says} Lastgood leaves it as it is. To put it back: ${command}`,
  );
}
