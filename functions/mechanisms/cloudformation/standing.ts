import type { CloudFormation, Stack } from './cloudformation.ts';
import { newestOf } from './history.ts';
import type { Memo } from './memo.ts';
import type { Operation } from './operations.ts';

/** Where a stack stands since its plan. */
export type Standing =
  | { readonly state: 'gone' }
  /** Another update began. */
  | { readonly state: 'newer'; readonly operation: string }
  /** The update of the plan is the newest. Null: its events were not read, or its beginning is too far back. */
  | { readonly state: 'same'; readonly stack: Stack; readonly newest: Operation | null };

/**
 * Reads the stack, and its events if another update may have begun.
 * @param always reads the events in any case: they have the tokens of the requests
 */
export async function standingOf(
  cloudformation: Pick<CloudFormation, 'stack' | 'events'>,
  { stackId, startEvent, updatedAt }: Memo,
  always: boolean,
): Promise<Standing> {
  const stack = await cloudformation.stack(stackId);
  if (stack === null || stack.status.startsWith('DELETE_')) return { state: 'gone' };
  if (!always && stack.updatedAt === updatedAt) return { state: 'same', stack, newest: null };
  const newest = await newestOf(cloudformation, stackId);
  if (newest === null || newest.startEvent === startEvent) return { state: 'same', stack, newest };
  return { state: 'newer', operation: newest.id };
}
