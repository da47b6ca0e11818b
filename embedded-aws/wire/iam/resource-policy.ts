import { ACCOUNT } from '../../world/aws.ts';
import { entriesOf, textsOf } from './elements.ts';
import { readStatement, type Statement } from './policy.ts';

/** A statement of a resource's own policy. */
export interface ResourceStatement extends Statement {
  /** Returns whether it applies to callers of this account. */
  readonly isFor: (account: string) => boolean;
}

/**
 * Reads a statement of a resource-based policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @throws Error on principals that are not modelled: other than accounts and everyone
 */
export async function readResourceStatement(statement: unknown): Promise<ResourceStatement> {
  const { Principal, ...rest } = Object.fromEntries(entriesOf('Statement', statement));
  return { ...(await readStatement(rest)), isFor: principalOf(Principal) };
}

/**
 * Returns the statements that apply to a caller of the same account besides its own policies: only the denials. An
 * Allow to an account defers to that account's own policies.
 */
export function deniesOfOwn(statements: readonly ResourceStatement[]): readonly Statement[] {
  return statements.filter(({ effect, isFor }) => effect === 'Deny' && isFor(ACCOUNT));
}

/** Returns the principal. An account's id means its root, as in `arn:aws:iam::111122223333:root`. */
function principalOf(principal: unknown): ResourceStatement['isFor'] {
  if (principal === '*') return () => true;
  const [[kind, named] = [], ...more] = entriesOf('Principal', principal);
  if (kind !== 'AWS' || more.length > 0) throw new Error('only accounts are modelled as principals');
  const accounts = textsOf('Principal', named).map(accountOf);
  return (account) => accounts.includes(account);
}

function accountOf(text: string): string {
  const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(text) ?? [];
  if (account === undefined) throw new Error(`the principal ${text} is not modelled`);
  return account;
}
