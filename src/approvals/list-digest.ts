import { createHash } from 'node:crypto';

/** The part of a question that an answer to a list is about. */
export interface Listable {
  readonly target: string;
  readonly execution: string;
  /** Hash of the plan (plan-hash.ts). */
  readonly plan: string;
}

/**
 * Returns a digest of 64 hexadecimal digits: equal lists of plans have the same, in any order.
 * @param number of the list: the same plans are another question once an answer has left them out
 */
export function listDigest(all: readonly Listable[], number: number): string {
  const lines = all.map(({ target, execution, plan }) => JSON.stringify([target, execution, plan]));
  return createHash('sha256')
    .update([String(number), ...lines.sort()].join('\n'))
    .digest('hex');
}
