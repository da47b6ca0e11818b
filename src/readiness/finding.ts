/**
 * The weight of a finding.
 * - blocks: a rollback would not work now.
 * - slows: it would work, and would take longer, hurt users, or need a person.
 * - risks: it would work now. It may not work at the next release, or its proof would be thin.
 * - unknown: something could not be read. It counts as neither fine nor broken.
 */
export const SEVERITIES = ['blocks', 'unknown', 'slows', 'risks'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing that a check of readiness found, and its cure. */
export interface Finding {
  /** Stable name. docs/readiness.md explains each. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what is wrong, with the names of what it is about. */
  readonly says: string;
  /** One sentence: what to do, with the command where there is one. */
  readonly cure: string;
}

/** The findings of a kind, by id, with their usual severity. */
export type Ids = Readonly<Record<string, Severity>>;

/** Makes a finding of one of these ids. `severity` replaces the usual one. */
export type Find<Of extends Ids> = (
  id: keyof Of & string,
  says: string,
  cure: string,
  severity?: Severity,
) => Finding;

export function findIn<const Of extends Ids>(ids: Of): Find<Of> {
  return (id, says, cure, severity = ids[id] ?? 'unknown') => ({ id, severity, says, cure });
}
