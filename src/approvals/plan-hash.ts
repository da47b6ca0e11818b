import { createHash } from 'node:crypto';
import { withoutSince } from '../rollback/first-seen.ts';

/** The part of a plan that an approval is about: the two revisions and the rungs. */
export interface Approvable {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string };
  readonly rungs?: readonly { readonly name: string }[] | undefined;
}

/**
 * Returns a hash of 64 hexadecimal digits. Plans between the same revisions by the same rungs have the same hash,
 * whatever their time and words. So do two plans between the same weights, one made before the sweep recorded them and
 * one after.
 */
export function planHash({ from, to, rungs = [] }: Approvable): string {
  const essence = JSON.stringify([withoutSince(from.id), withoutSince(to.id), rungs.map(({ name }) => name)]);
  return createHash('sha256').update(essence).digest('hex');
}
