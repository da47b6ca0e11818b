import type { Emitter } from '../../src/events/emit.ts';
import { tellEnded } from '../../src/events/ended.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { revisionAtFault } from '../../src/rollback/at-fault.ts';
import type { Rollback } from '../../src/rollback/document.ts';
import { outcomeOf, type Outcome } from '../../src/rollback/outcome.ts';
import type { Revision } from '../../src/rollback/plan.ts';
import type { Instant, Request } from '../../src/rollback/request.ts';

export interface Reporting {
  readonly emitter: Emitter;
  readonly ledger: Pick<Ledger, 'condemn'>;
  readonly claims: Pick<Claims, 'close'>;
}

/** The document as it really is: a machine started by hand may have been given anything for a request. */
export type Reported = Omit<Rollback, 'request'> & {
  readonly request?: { readonly [field in keyof Request]?: unknown };
};

/**
 * Says how the rollback ended, to everybody, to the ledger and to its record.
 *
 * Closing comes last, because a record that is still open is what the backstop and the sweep look for: a crash anywhere
 * before it is repeated from the beginning, where telling twice is recognised and condemning twice changes nothing.
 * Telling comes first, so that no trouble with a table keeps the truth from being told.
 */
export async function report(
  rollback: Reported,
  execution: string,
  { emitter, ledger, claims }: Reporting,
  now: Instant,
): Promise<Outcome> {
  const outcome = outcomeOf(rollback as Rollback, now);
  const { from, to } = revisions(rollback);
  const { request, claim } = rollback;
  const target = text(request?.target);
  await tellEnded(emitter, {
    target,
    execution,
    outcome,
    requested: text(request?.reason),
    from,
    to,
    startedAt: claim?.since,
  });
  await condemn(rollback, execution, outcome, ledger);
  if (target !== undefined && mayHoldTarget(rollback)) {
    await claims.close({
      target,
      execution,
      outcome,
      ...(from && { from: from.id }),
      ...(to && { to: to.id }),
    });
  }
  return outcome;
}

async function condemn(
  rollback: Reported,
  execution: string,
  { at, state }: Outcome,
  ledger: Pick<Ledger, 'condemn'>,
): Promise<void> {
  const revision = revisionAtFault(rollback as Rollback, state);
  if (revision === null) return;
  const { target, reason } = (rollback as Rollback).request;
  await ledger.condemn(target, revision, at, [reason, ...(rollback.verdict?.reasons ?? [])], execution);
}

function revisions({ plan }: Reported): { from?: Revision; to?: Revision } {
  return plan !== undefined && 'from' in plan ? { from: plan.from, to: plan.to } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A Claim that failed may have taken the target all the same, unless it said no. */
function mayHoldTarget({ claim, error }: Reported): boolean {
  return claim !== undefined || (error?.Error !== 'InvalidRequest' && error?.Error !== 'TargetClaimed');
}
