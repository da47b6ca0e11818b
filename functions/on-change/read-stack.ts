import type { StackStatus } from '../../src/ledger/stacks.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { detailOf, textOf } from '../../src/targets/detail.ts';
import { toInstant } from '../../src/targets/instant.ts';
import type { BusEvent } from '../../src/targets/kind.ts';

const STACK = /^arn:[^:]+:cloudformation:[^:]+:[^:]+:stack\/([^/]+)\//;

/**
 * Reads the status of a stack. Returns null for any other event.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/eventbridge-events.html
 * @throws InvalidRequest naming the field
 */
export function readStack(event: BusEvent): (StackStatus & { readonly stack: string }) | null {
  if (event['detail-type'] !== 'CloudFormation Stack Status Change') return null;
  const detail = detailOf(event);
  const [, stack] = STACK.exec(textOf(detail, 'stack-id')) ?? [];
  if (stack === undefined) throw new InvalidRequest('detail.stack-id', 'must be the ARN of a stack');
  const details = asRecord(detail['status-details']);
  if (details === null) throw new InvalidRequest('detail.status-details', 'must be an object');
  const at = toInstant(event.time);
  if (at === null) throw new InvalidRequest('time', 'must be a time');
  return { stack, status: textOf(details, 'status'), at };
}
