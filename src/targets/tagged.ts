import type { ReadOptedIn } from '../aws/opted-in.ts';
import { kinds } from './kinds.ts';
import { problemOfTarget, writeTarget } from './target.ts';

/** Where tagged things are looked up. Both reject with what AWS throws. */
export interface TaggedReads {
  readonly optedIn: ReadOptedIn;
  /** Names of tagged Auto Scaling groups, of which the Resource Groups Tagging API knows nothing. */
  readonly groups: () => Promise<readonly string[]>;
}

/**
 * Targets whose own resource carries our tag. Aliases and records are not among them, because the tag stands on their
 * function or zone: the sweep finds those, and writes them into the ledger within a minute (ADR 12).
 */
export async function taggedTargets({ optedIn, groups }: TaggedReads): Promise<readonly string[]> {
  const [resources, names] = await Promise.all([optedIn('here'), groups()]);
  const found = [
    ...resources.flatMap(({ arn }) => targetOf(arn) ?? []),
    ...names.map((name) => writeTarget({ kind: 'asg', name })),
  ];
  return found.filter((target) => problemOfTarget(target) === null);
}

function targetOf(arn: string): string | null {
  for (const kind of kinds) {
    const name = kind.fromArn(arn);
    if (name !== null) return writeTarget({ kind: kind.name, name });
  }
  return null;
}
