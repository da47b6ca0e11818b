/** A deployment as its system reported it. */
export interface ReportId {
  /** The system's own id of the deployment. */
  readonly deployment: string;
  readonly revision: string;
  /** The source of the event. The tag `lastgood:source` must name it. */
  readonly source: string;
}

/** Text without spaces. The three together are shorter than the id of a trigger. */
export const PATTERN = /^[^\s\p{Cc}\p{Cf}]{1,128}$/u;

/**
 * Writes the id of a deployment in the ledger and in plans. It carries all that is known of the deployment, because AWS
 * keeps nothing of it.
 */
export function writeReport({ deployment, revision, source }: ReportId): string {
  return [deployment, revision, source].join(' ');
}

/** Returns null for a text that is no such id. */
export function readReport(text: string): ReportId | null {
  const [deployment = '', revision = '', source = '', ...more] = text.split(' ');
  return more.length > 0 || source === '' ? null : { deployment, revision, source };
}

/** Returns the id of the deployment that the end of a handover is kept as. */
export function arrivalOf(handover: string): string {
  return `rollback-${handover}`;
}
