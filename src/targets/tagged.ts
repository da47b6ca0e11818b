import type { ReadOptedIn } from '../aws/opted-in.ts';
import { kinds } from './kinds.ts';
import { problemOfTarget, writeTarget } from './target.ts';

/** Reads tagged resources. Both reject with AWS's error. */
export interface TaggedReads {
  readonly optedIn: ReadOptedIn;
  /** Names of tagged Auto Scaling groups, which the Resource Groups Tagging API does not support. */
  readonly groups: () => Promise<readonly string[]>;
}

/**
 * Returns the targets whose own resource has the tag `lastgood`. Aliases and records are not among them, because the
 * tag is on their function or zone. The sweep finds those, and writes them into the ledger within a minute (ADR 12).
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
