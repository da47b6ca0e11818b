import { readSpelling } from './spelling.ts';
import { condemnedIn, type Condemned } from './among.ts';
import { condemnedSides, givesTraffic } from './condemned-sides.ts';
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
  return [
    ...(freeze === null ? [] : [frozen(freeze)]),
    ...condemnedIn(entries).flatMap((entry) => objectionTo(revision, entry, entries) ?? []),
  ];
}

/**
 * Returns why a condemned revision speaks against this one, or null. Weights of the same sides are another text, and bring
 * the same release back. They may be right again once a side holds something else.
 */
function objectionTo(revision: string, entry: Condemned, entries: readonly Entry[]): string | null {
  const sides = condemnedSides(entry, entries);
  const isReplaced = sides.length > 0 && sides.every(({ holdsIt }) => !holdsIt);
  const isId = revision === entry.revision.id;
  if (isId || (isSpelled(revision, entry) && !isReplaced))
    return `${takenBack(entry)}. Deploy a new revision.`;
  const spelling = readSpelling(entry.target, revision);
  const asked = 'sides' in spelling ? spelling.sides : undefined;
  const given = asked === undefined ? undefined : sides.find((side) => givesTraffic(asked, side));
  if (given === undefined) return null;
  return `${takenBack(entry)}, and these weights give ${given.name} traffic. No other release was seen behind it since. Deploy a new revision.`;
}

function takenBack({ target, revision: { name }, condemnedAt, evidence, execution }: Condemned): string {
  return `${name} was taken back from ${target} at ${condemnedAt}${because(evidence)}, by ${execution}`;
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
