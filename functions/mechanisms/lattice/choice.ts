import { firstWay, type Examined } from '../../../src/rollback/first-way.ts';
import { stillProven, AS_PROVEN, type StillProven } from '../../../src/rollback/still-proven.ts';
import type { Candidate } from './candidates.ts';
import { lookBehind, neededFor, whyNotCarried } from './capacity.ts';
import { isSame } from './runs.ts';
import { groupsIn, nameOf, type Split } from './split.ts';
import type { Survey } from './survey.ts';

/** A division that can be gone back to. */
export interface Way {
  readonly to: Candidate;
  /** How many targets carry the traffic now. Null: they cannot be counted. */
  readonly needed: number | null;
}

/** The division to go back to, if there is one, and the candidates passed over. */
export type Choice =
  | (Way & { readonly notes: readonly string[] })
  /** What would be gone back to has the traffic. */
  | { readonly to: Candidate; readonly isThere: true }
  | { readonly to: null; readonly notes: readonly string[] };

/**
 * Takes the first candidate whose groups still run the proven revision and can carry the traffic. Revert looks at their
 * health again before it writes.
 */
export async function choose(candidates: readonly Candidate[], seen: Survey): Promise<Choice> {
  const says = ({ revision }: Candidate, why: string) => `cannot go back to ${revision.name}: ${why}`;
  const { way, notes } = await firstWay(candidates, says, (one) => wayOf(one, seen));
  if (way === null) return { to: null, notes };
  return 'isThere' in way ? way : { ...way, notes };
}

type Found = Way | { readonly to: Candidate; readonly isThere: true };

async function wayOf(to: Candidate, seen: Survey): Promise<Examined<Found>> {
  const { blocker, doubts } = await comparedToProof(to, seen);
  if (blocker !== null) return { blockers: [blocker] };
  if (isSame(to.split, seen.split)) return { way: { to, isThere: true }, notes: [] };
  const { backing, split, names } = seen;
  const behind = await lookBehind(backing, [...groupsIn(split), ...groupsIn(to.split)]);
  const needed = neededFor(split, behind, backing.groups);
  const why = whyNotCarried(to.split, needed, behind, names);
  if (why !== null) return { blockers: [why] };
  return { way: { to, needed }, notes: [...doubts, ...uncounted(needed, split)] };
}

function uncounted(needed: number | null, { length }: Split): readonly string[] {
  if (needed !== null) return [];
  const because =
    length === 0 ? 'no target group has it now' : 'a function or load balancer has a part of it';
  return [
    `it is unknown how many targets the traffic needs, because ${because}: every target that gets traffic must be healthy`,
  ];
}

/** Compares what the groups run with what was proven there. A request for weights alone accepts what they run now. */
async function comparedToProof(candidate: Candidate, { backing, names }: Survey): Promise<StillProven> {
  const { split, source } = candidate;
  if (source === 'request') return AS_PROVEN;
  const namesOf = (some: Split) => some.map(({ group }) => nameOf(group, names));
  const running = await backing.running(split);
  const other = split.filter((share) => isOther(share, running));
  const unknown = split.filter(({ group, behind }) => behind === undefined || !running.has(group));
  const strangers = { other: namesOf(other), unknown: namesOf(unknown), hidden: 'what its targets run' };
  return stillProven(strangers, candidate);
}

function isOther({ group, behind }: Split[number], running: ReadonlyMap<string, string>): boolean {
  const now = running.get(group);
  return behind !== undefined && now !== undefined && behind !== now;
}
