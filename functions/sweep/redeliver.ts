import type { Starter } from '../../src/lambda/start.ts';
import type { RollbackRecord } from '../../src/ledger/claims.ts';
import { leftOver } from '../../src/rollback/heard.ts';
import type { Heard, Request } from '../../src/rollback/request.ts';

/** How often a trigger is redelivered. Redelivered triggers may refuse each other again, but every chain must end. */
const MAX_TIMES = 2;

/** Leaves room for the suffix: a trigger's id has 512 characters at most. */
const MAX_ID_CHARACTERS = 500;

const TIMES = / \(again (\d)\)$/;

/**
 * Starts the triggers that a skipped rollback had refused, except those that it judged itself. Leaves out a request
 * without a trigger: a person started it by hand, and saw its end. Idempotent, because the execution's name follows
 * from the trigger's id.
 */
export async function redeliverTriggers(
  record: Pick<RollbackRecord, 'request' | 'alsoTriggeredBy' | 'judged'>,
  starter: Starter,
): Promise<void> {
  for (const request of leftOver(record, record.judged)) {
    const again = redeliveryOf(request);
    if (again !== null) await starter.start(again);
  }
}

function redeliveryOf({ trigger, heardAt: _, ...request }: Heard): Request | null {
  if (trigger === undefined) return null;
  const times = Number(TIMES.exec(trigger.id)?.[1] ?? 0);
  if (times >= MAX_TIMES) return null;
  const id = `${trigger.id.replace(TIMES, '').slice(0, MAX_ID_CHARACTERS)} (again ${times + 1})`;
  return { ...request, trigger: { ...trigger, id } };
}
