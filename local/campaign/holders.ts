import { asRecord } from '../../src/rollback/json.ts';
import type { Night } from './night.ts';

/** Who holds the target from an instant (milliseconds since the epoch) on. */
interface Held {
  readonly at: number;
  /** ARN of the execution; null: none. */
  readonly holder: string | null;
}

/**
 * Returns who holds the story's target at an instant: the ARN of an execution, null, or `unknown` where the answer to a
 * write of the claim was lost. It is read from the calls to the table, not from what the functions believe.
 */
export function holdersIn({ stage: { runtime }, subject }: Night): (at: number) => string | null {
  const held: Held[] = [];
  for (const { service, operation, input, error, at } of runtime.wire.calls) {
    if (service !== 'dynamodb' || operation !== 'UpdateItem') continue;
    const update = asRecord(input) as unknown as Update | null;
    if (update?.Key.item !== 'claim' || update.Key.target !== subject.target) continue;
    const change = changeIn(update);
    if (change === undefined) continue;
    if (error === undefined) held.push({ at: Date.parse(at), holder: change });
    else if (error === 'TimeoutError') held.push({ at: Date.parse(at), holder: 'unknown' });
  }
  return (at) => held.findLast((each) => each.at <= at)?.holder ?? null;
}

interface Update {
  readonly Key: { readonly target: string; readonly item: string };
  readonly UpdateExpression: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

/** Returns the new holder, null if the claim was released, or undefined if it only was renewed. */
function changeIn({
  UpdateExpression,
  ExpressionAttributeValues: values,
}: Update): string | null | undefined {
  const holder = values?.[':holder'];
  if (typeof holder === 'string') return holder;
  return UpdateExpression.includes('REMOVE #holder') ? null : undefined;
}
