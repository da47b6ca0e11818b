import type { Starter } from '../../src/lambda/start.ts';
import type { RollbackRecord } from '../../src/ledger/claims.ts';
import { leftOver } from '../../src/rollback/heard.ts';
import type { Heard, Request } from '../../src/rollback/request.ts';

/** Those taken up together turn each other away as well, so once is not enough; and every chain must end. */
const MAX_TIMES = 2;

/** Leaves room for what is added here: a trigger's id has 512 characters at most. */
const MAX_ID_CHARACTERS = 500;

const TIMES = / \(again (\d)\)$/;

/**
 * Starts the triggers that a skipped rollback had refused, but for those that it judged itself. A request without a
 * trigger was started by hand, by a person who saw how it ended. The same record may be worked through twice: the name of
 * an execution follows from its trigger's id.
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
