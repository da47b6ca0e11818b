import type { Planned } from './document.ts';
import type { Joinable, Ready } from './plan.ts';

/** Returns a document whose plan has this memo, in the type of its mechanism. */
export function withMemo<Document extends Planned, Memo>(
  rollback: Document,
  memo: Memo,
): Document & { readonly plan: Ready<Memo> | Joinable<Memo> } {
  return { ...rollback, plan: { ...rollback.plan, memo } };
}
