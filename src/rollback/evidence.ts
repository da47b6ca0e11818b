import type { Instant } from './request.ts';

/** The likely causes of harm. `unknown`: nothing that was found names one. */
export const CAUSES = [
  'out-of-memory',
  'crash',
  'image-pull',
  'secret',
  'permission',
  'health-check',
  'placement',
  'launch',
  'timeout',
  'dependency',
  'count-changed',
  'traffic',
  'unknown',
] as const;

export type Cause = (typeof CAUSES)[number];

/** The likely causes as titles, for people. */
export const CAUSE_TITLES: Readonly<Record<Exclude<Cause, 'unknown'>, string>> = {
  'out-of-memory': 'Out of memory',
  crash: 'The application crashes',
  'image-pull': 'The image cannot be pulled',
  secret: 'A secret or parameter is missing at start',
  permission: 'A permission is missing',
  'health-check': 'The health check fails',
  placement: 'There is no capacity',
  launch: 'Instances cannot be launched',
  timeout: 'The function times out',
  dependency: 'A dependency fails',
  'count-changed': 'The release changed the count',
  traffic: 'Users are led away from the tasks',
};

/** The likely cause of the harm, for people. It decides nothing. */
export interface Triage {
  readonly cause: Cause;
  /** One sentence for an operator. */
  readonly says: string;
  /** The lines of the evidence on which it rests. */
  readonly because: readonly string[];
}

/** A cause that is known, without what it rests on. */
export interface LikelyCause {
  readonly cause: Exclude<Cause, 'unknown'>;
  /** One sentence for an operator. */
  readonly says: string;
}

/** What the release at fault changed besides the revision, and what the way back leaves as it is. */
export interface Companion {
  readonly of:
    'desired-count' | 'scaling-limits' | 'deployment-settings' | 'target-group' | 'health-check' | 'listener';
  /** One sentence: what it was, what it is now. */
  readonly says: string;
  /** The command that puts it back, as one line for a shell. Absent: there is none. */
  readonly command?: string;
}

/** The answer of one source. */
export interface Source {
  readonly source: string;
  readonly lines: readonly string[];
  /** Applications wrote the lines. The record and the report keep them, and events only count them. */
  readonly isLog?: true;
}

/**
 * Added beside the first wait: evidence that going back would have destroyed. Each source answers, or says why it could
 * not.
 */
export interface Evidence {
  readonly at: Instant;
  readonly found: readonly Source[];
  readonly missing: readonly { readonly source: string; readonly reason: string }[];
  /** Absent: gathered before triage existed. */
  readonly triage?: Triage;
  /** Absent: the release changed nothing else, or it is unknown. */
  readonly companions?: readonly Companion[];
}

/** A step that is worth taking before the next release, by cause. Absent: the cause says it all. */
const NEXT: Readonly<Partial<Record<Cause, (revision: string) => string>>> = {
  'out-of-memory': (it) => `Raise the memory of ${it}, or find the leak, before you deploy it again.`,
  crash: (it) => `Read the log of ${it} before you deploy it again.`,
  'image-pull': (it) => `Check that the image of ${it} was pushed, and that its execution role may pull it.`,
  secret: (it) => `Check that the secrets and parameters of ${it} exist, and that its tasks reach them.`,
  permission: (it) => `Allow the call that ${it} needs.`,
  'health-check': (it) => `Check the path, port and grace period of the health check of ${it}.`,
  placement: (it) =>
    `Check capacity and quotas for ${it}, and the minimum and maximum percent of its deployment.`,
  launch: (it) => `Check the image, subnet, security groups and key of ${it}: a launch uses all of them.`,
  timeout: (it) => `Find what ${it} waits for, or raise its timeout, before you deploy it again.`,
  dependency: (it) => `Check the dependency of ${it}: its address, security groups and health.`,
  traffic: (it) =>
    `Lead the users back to the tasks of ${it}, and correct the code or tool that led them away.`,
};

/** Returns the evidence of a rollback; null: none was gathered. */
export function evidenceIn(gathered: object | undefined): Evidence | null {
  if (gathered === undefined || !('evidence' in gathered)) return null;
  const evidence = gathered.evidence as Evidence | { readonly Error: string };
  return 'found' in evidence ? evidence : null;
}

/** Returns the likely cause; null: none is known. */
export function causeIn(evidence: Evidence | null): LikelyCause | null {
  const { cause = 'unknown', says = '' } = evidence?.triage ?? {};
  return cause === 'unknown' ? null : { cause, says };
}

/** Advises what to do about the likely cause; empty: none is known. */
export function causeAdvice(evidence: Evidence | null, revision: string): readonly string[] {
  return stepAfter(causeIn(evidence), revision);
}

/** Returns the step that is worth taking; empty: the cause is unknown, or says it all. */
export function stepAfter(cause: LikelyCause | null, revision: string): readonly string[] {
  const next = cause === null ? undefined : NEXT[cause.cause];
  return next === undefined ? [] : [next(revision)];
}

/** Says what the release at fault changed besides the revision, and how to put it back. */
export function companionAdvice(evidence: Evidence | null): readonly string[] {
  return (evidence?.companions ?? []).map(({ says, command }) =>
    command === undefined
      ? `${says} Lastgood leaves it as it is.`
      : `${says} Lastgood leaves it as it is. To put it back: ${command}`,
  );
}
