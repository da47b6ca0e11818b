import { createHash } from 'node:crypto';
import { withoutSince } from '../rollback/first-seen.ts';

/** What an approval is about: from where to where, and by which ways. */
export interface Approvable {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string };
  readonly rungs?: readonly { readonly name: string }[] | undefined;
}

/**
 * 64 hexadecimal digits that stand for exactly this plan. Two plans that go from one revision to another by the same
 * rungs are the same plan, whenever they were made and whatever their words. So are two between the same weights, one made
 * before the sweep saw them and one after it.
 */
export function planHash({ from, to, rungs = [] }: Approvable): string {
  const essence = JSON.stringify([withoutSince(from.id), withoutSince(to.id), rungs.map(({ name }) => name)]);
  return createHash('sha256').update(essence).digest('hex');
}
