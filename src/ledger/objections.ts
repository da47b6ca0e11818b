import { readSpelling } from './spelling.ts';
import { condemnedIn } from './among.ts';
import type { Freeze } from './freezes.ts';
import type { Revision } from '../rollback/plan.ts';
import type { Entry } from './ledger.ts';

/**
 * Returns the objections to deploying a revision, in whole sentences. The entries and the freeze are those of its
 * target. The revision may be an id, a name, or any spelling that src/ledger/spelling.ts reads. A revision that a pipeline is about to
 * deploy often has no id yet, and the same task definition hurts under any id.
 */
export function objections(
  revision: string,
  entries: readonly Entry[],
  freeze: Freeze | null,
): readonly string[] {
  const same = condemnedIn(entries).filter((entry) => isSpelled(revision, entry));
  return [
    ...(freeze === null ? [] : [frozen(freeze)]),
    ...same.map(
      ({ target, revision: { name }, condemnedAt, evidence, execution }) =>
        `${name} was taken back from ${target} at ${condemnedAt}${because(evidence)}, by ${execution}. Deploy a new revision.`,
    ),
  ];
}

/**
 * Returns the names of the condemned revisions that one may be under another name: the ledger does not know it, and only
 * its content could tell. Empty if it is known, or nothing is condemned.
 */
export function notComparedWith(revision: string, entries: readonly Entry[]): readonly string[] {
  const isKnown = entries.some((entry) => 'revision' in entry && isSpelled(revision, entry));
  return isKnown ? [] : [...new Set(condemnedIn(entries).map(({ revision: { name } }) => name))];
}

function isSpelled(
  revision: string,
  { target, revision: known }: { target: string; revision: Revision },
): boolean {
  const spelling = readSpelling(target, revision);
  return spelling.state === 'clear' && (spelling.is(known) || spelling.mayBe(known));
}

function frozen({ target, reason, by, at, until }: Freeze): string {
  return `${by} froze ${target} at ${at}${until === undefined ? '' : ` until ${until}`}: ${reason}`;
}

function because([reason]: readonly string[]): string {
  return reason === undefined ? '' : ` (${reason})`;
}
