import { condemnedIn } from './among.ts';
import type { Freeze } from './freezes.ts';
import type { Entry } from './ledger.ts';

/**
 * Returns the objections to deploying a revision, in whole sentences. The entries and the freeze are those of its
 * target. The revision may be an id, a name, or an ARN that ends in its name. A revision that a pipeline is about to
 * deploy often has no id yet, and the same task definition hurts under any id.
 */
export function objections(
  revision: string,
  entries: readonly Entry[],
  freeze: Freeze | null,
): readonly string[] {
  const condemned = condemnedIn(entries);
  const same = condemned.filter(
    ({ revision: { id, name } }) => [id, name].includes(revision) || nameIn(revision) === name,
  );
  return [
    ...(freeze === null ? [] : [frozen(freeze)]),
    ...same.map(
      ({ target, revision: { name }, condemnedAt, evidence, execution }) =>
        `${name} was taken back from ${target} at ${condemnedAt}${because(evidence)}, by ${execution}. Deploy a new revision.`,
    ),
  ];
}

/** Returns `checkout:42` of `arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42`. */
function nameIn(revision: string): string {
  return revision.slice(revision.lastIndexOf('/') + 1);
}

function frozen({ target, reason, by, at, until }: Freeze): string {
  return `${by} froze ${target} at ${at}${until === undefined ? '' : ` until ${until}`}: ${reason}`;
}

function because([reason]: readonly string[]): string {
  return reason === undefined ? '' : ` (${reason})`;
}
