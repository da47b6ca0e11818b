import { outcomeOfUnreported } from '../rollback/ending.ts';
import type { Outcome } from '../rollback/outcome.ts';
import type { Instant, Request } from '../rollback/request.ts';
import type { Emitter } from './emit.ts';
import { endedOf } from './ended.ts';
import { publishAll } from './publish.ts';

/** An execution that ended without Report. */
export interface Unreported {
  readonly execution: string;
  /** What it was started with; absent when that cannot be read. */
  readonly request?: Request | undefined;
  /** How Step Functions says that it ended: FAILED, TIMED_OUT or ABORTED. */
  readonly how: string;
}

/** Where records of rollbacks are closed. */
interface Records {
  close(closing: {
    readonly target: string;
    readonly execution: string;
    readonly outcome: Outcome;
  }): Promise<void>;
}

/**
 * Reports in the place of Report: tells everybody, and closes the record as failed-dirty. As in Report, telling comes
 * first: a record that is closed has been told of.
 */
export async function reportUnreported(
  { execution, request, how }: Unreported,
  emitter: Emitter,
  claims: Records,
  now: Instant,
): Promise<void> {
  const outcome = outcomeOfUnreported(how, now);
  const known = { target: request?.target, requested: request?.reason };
  await publishAll(emitter, [endedOf({ execution, outcome, ...known })]);
  if (request !== undefined) await claims.close({ target: request.target, execution, outcome });
}
