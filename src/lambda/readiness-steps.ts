import * as z from 'zod/mini';
import type { Checking } from '../readiness/document.ts';
import { asItCame } from '../rollback/as-it-came.ts';
import { InvalidRequest } from '../rollback/errors.ts';
import { asRecord } from '../rollback/json.ts';
import { logger } from './logger.ts';

const CheckCall = z.object({
  verb: z.literal('weigh', { error: 'must be one of weigh' }),
  checking: asItCame<Checking>('kind', 'request'),
  /** `$$.Execution.Id`. */
  execution: z.string(),
});

export type CheckCall = Readonly<z.infer<typeof CheckCall>>;

/** Says whether an event is a call of the machine `readiness`. */
export function isCheckCall(event: unknown): boolean {
  return asRecord(event)?.['checking'] !== undefined;
}

/**
 * Answers a call of the machine `readiness`.
 * @throws InvalidRequest naming the field
 */
export async function checkStep(event: unknown, weigh: (call: CheckCall) => Promise<unknown>) {
  const read = CheckCall.safeParse(event);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new InvalidRequest(issue?.path.join('.') ?? '', issue?.message ?? 'cannot be read');
  }
  const answer = await weigh(read.data);
  logger.info('answered', { verb: 'weigh', target: read.data.checking.request.target, answer });
  return answer;
}
