import { outcomeOfUnreported } from '../rollback/ending.ts';
import type { Outcome } from '../rollback/outcome.ts';
import type { Instant, Request } from '../rollback/request.ts';
import type { Emitter } from './emit.ts';
import { endedOf } from './ended.ts';
import type { ReportLink } from './report-link.ts';
import { publishAll } from './publish.ts';

/** An execution that ended without Report. */
export interface Unreported {
  readonly execution: string;
  /** Its request; absent if the input cannot be read. */
  readonly request?: Request | undefined;
  /** Its status in Step Functions: FAILED, TIMED_OUT or ABORTED. */
  readonly how: string;
}

/** Closes records of rollbacks. */
interface Records {
  close(closing: {
    readonly target: string;
    readonly execution: string;
    readonly outcome: Outcome;
    readonly report: string;
  }): Promise<void>;
}

interface Reporting {
  readonly emitter: Emitter;
  readonly claims: Records;
  readonly reportLink: ReportLink;
}

/**
 * Reports in place of Report: publishes the end, and closes the record as failed-dirty. Publishes first, as Report
 * does, so that the end of a closed record has been published. Returns the outcome.
 */
export async function reportUnreported(
  { execution, request, how }: Unreported,
  { emitter, claims, reportLink }: Reporting,
  now: Instant,
): Promise<Outcome> {
  const outcome = outcomeOfUnreported(how, now);
  const report = reportLink(execution);
  const known = { target: request?.target, requested: request?.reason, report };
  await publishAll(emitter, [endedOf({ execution, outcome, ...known })]);
  if (request !== undefined) await claims.close({ target: request.target, execution, outcome, report });
  return outcome;
}
