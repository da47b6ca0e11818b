import { firstWay, type Examined } from '../../../src/rollback/first-way.ts';
import { stillProven, AS_PROVEN, type StillProven } from '../../../src/rollback/still-proven.ts';
import { groupsIn } from './backing.ts';
import type { Candidate } from './candidates.ts';
import { canCarry, lookBehind, neededFor, partOf, type Growth, type Side } from './capacity.ts';
import { whyNotGrow, whyUseless } from './fleets.ts';
import { isSame } from './runs.ts';
import { nameOf, type Split } from './split.ts';
import { losing, type Survey } from './survey.ts';

/** A division that can be gone back to, and the groups that must grow first. */
export interface Way {
  readonly to: Candidate;
  readonly growths: readonly Growth[];
  /** How many targets carry the traffic now, as far as the groups show that are to lose it. */
  readonly needed: number;
}

/** The division to go back to, if there is one, and the candidates passed over. */
export type Choice =
  | (Way & { readonly notes: readonly string[] })
  /** What would be gone back to has the traffic. */
  | { readonly to: Candidate; readonly isThere: true }
  | { readonly to: null; readonly notes: readonly string[] };

/**
 * Takes the first candidate whose groups still run the proven revision and could carry the traffic, as far as their
 * Auto Scaling groups show. Revert looks at their health before it writes.
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
  const leaving = await lookBehind(seen.backing, losing(seen.split, to.split));
  const needed = neededFor(seen.split, leaving);
  const parts = await Promise.all(
    to.split.map((share) => foresee(share.targetGroup, partOf(to.split, share, needed), seen)),
  );
  const [blocked] = parts.flatMap((part) => part.blocker ?? []);
  if (blocked !== undefined) return { blockers: [blocked] };
  return { way: { to, growths: parts.flatMap(({ growth }) => growth ?? []), needed }, notes: doubts };
}

/** Compares what the groups run with what was proven there. A request for weights alone accepts what they run now. */
async function comparedToProof(candidate: Candidate, { backing }: Survey): Promise<StillProven> {
  const { split, source } = candidate;
  if (source === 'request') return AS_PROVEN;
  const running = await backing.running(split);
  const other = split.filter((share) => isOther(share, running));
  const unknown = split.filter(
    ({ targetGroup, behind }) => behind === undefined || !running.has(targetGroup),
  );
  const strangers = { other: namesOf(other), unknown: namesOf(unknown), hidden: 'what its targets run' };
  return stillProven(strangers, candidate);
}

function isOther({ targetGroup, behind }: Split[number], running: ReadonlyMap<string, string>): boolean {
  const now = running.get(targetGroup);
  return behind !== undefined && now !== undefined && behind !== now;
}

function namesOf(split: Split): readonly string[] {
  return split.map(({ targetGroup }) => nameOf(targetGroup));
}

interface Part {
  readonly blocker?: string;
  readonly growth?: Growth;
}

/**
 * Foresees whether a group could carry its part. Reads its targets only where nothing else tells: it is not attached, so
 * AWS may not check its health, or its Auto Scaling group is too small and cannot grow.
 */
async function foresee(targetGroup: string, to: number, { backing, shares }: Survey): Promise<Part> {
  const isAttached = groupsIn(shares).includes(targetGroup);
  const [group, fleet] = [backing.groupOf(targetGroup), backing.fleetOf(targetGroup)];
  if (isAttached && (fleet === null || fleet.desired >= to)) return {};
  if (isAttached && group !== undefined && whyNotGrow(group, fleet, to) === null)
    return { growth: { targetGroup, group, to } };
  const side: Side = { targetGroup, to, targets: await backing.targets(targetGroup), group, isAttached };
  const { blocker, growths } = canCarry([side]);
  const [growth] = growths;
  const why = blocker ?? (growth === undefined ? null : whyUseless(growth, fleet));
  if (why !== null) return { blocker: why };
  return growth === undefined ? {} : { growth };
}
