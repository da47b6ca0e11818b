import type { Rollout, Stretch } from '../rollback/rollouts.ts';
import type { Reserved } from '../rollback/still-proven.ts';
import { amongOnes } from '../rollback/first-seen.ts';
import { wasGoneBackFrom } from '../rollback/suspect.ts';
import { isAfter } from '../rollback/time.ts';
import { condemnedIn, provenIn } from './among.ts';
import { isCondemned, provenRunsIn, runsOf, type Accusation, type Division, type Run } from './divisions.ts';
import type { Entry } from './ledger.ts';

/** A run that may be gone back to. */
export interface CandidateRun<R extends Run> extends Reserved {
  readonly run: R;
}

interface Seen<R extends Run> {
  readonly entries: readonly Entry[];
  /** Newest first, without duplicates. */
  readonly runs: readonly R[];
  readonly present: R;
}

interface Found extends Accusation {
  readonly rollouts: readonly Rollout[];
}

/**
 * Returns the proven runs, newest first, with their reservations. The run before the suspect comes last if it is not
 * proven: blue and green take turns, so the release before the suspect is often still in its soak. There is none for a
 * target of which nothing was ever proven.
 * @param limit the most proven runs
 */
export function candidateRuns<R extends Run>(
  division: Division<R>,
  seen: Seen<R>,
  found: Found,
  limit: number,
): readonly CandidateRun<R>[] {
  const change = changeOf(found);
  const condemned = condemnedChanges(division, seen, found);
  const proven = provenRunsIn(division, seen, found, limit).map((one) => {
    const { shares } = division.sidesOf(one.run);
    const isLater = ({ rollout }: Change) => isAfter(rollout.last.since, one.run.since);
    return {
      ...one,
      ...(condemned.some((other) => isLater(other) && isRaised(shares, other)) && blamedSince),
      ...(change !== null && isRaised(shares, change) && raised),
    };
  });
  if (change === null || provenIn(seen.entries).length === 0) return proven;
  const before = runBefore(division, seen, found, change);
  const isKnown = before === null || proven.some(({ run }) => division.mayBeSame(run, before));
  return isKnown ? proven : [...proven, { run: before, isUnproven: true }];
}

const raised = { isRaised: true } as const;
const blamedSince = { isBlamedSince: true } as const;

/** A change of the division, and the stretch before it. */
interface Change {
  readonly rollout: Rollout;
  readonly before: Stretch;
}

/** Returns the changes before which the division is known, newest first. */
function changesIn({ rollouts }: Found): readonly Change[] {
  return rollouts.flatMap((rollout, at) => {
    const before = rollouts[at + 1]?.last;
    return before === undefined ? [] : [{ rollout, before }];
  });
}

/** Returns the change at fault. Null: no change is at fault, or nothing before it is known. */
function changeOf(found: Found): Change | null {
  const { blame } = found;
  return changesIn(found).find(({ rollout }) => rollout.deployment.id === blame?.suspect.id) ?? null;
}

/** Returns the changes that ended with a condemned run: the release at fault may still be behind the side that they gave more. */
function condemnedChanges<R extends Run>(
  division: Division<R>,
  { entries, runs }: Seen<R>,
  found: Found,
): readonly Change[] {
  const condemned = runsOf(division, condemnedIn(entries)).map((run) => division.write(amongOnes(runs, run)));
  return changesIn(found).filter(({ rollout }) => condemned.includes(rollout.last.id));
}

/** A side that had this share before a change is the old side, whatever the change added. */
const OLD_SIDE = 0.5;

/**
 * Says whether shares give a side more than it had before the change, where the change gave it more as well. AWS may not
 * show what runs behind a side, and no AWS API shows what a script put there.
 */
function isRaised(shares: Stretch['shares'], { rollout, before }: Change): boolean {
  return Object.entries(shares).some(([side, share]) => {
    const had = Object.entries(before.shares).reduce(
      (sum, [other, part]) => (mayBeOne(other, side) ? sum + part : sum),
      0,
    );
    return had < OLD_SIDE && share > had && rollout.brings.some((brought) => mayBeOne(brought, side));
  });
}

/** Says whether two keys name one side, and are not known to have had different content behind it. */
function mayBeOne(one: string, other: string): boolean {
  const [[name, behind], [otherName, otherBehind]] = [partsOf(one), partsOf(other)];
  return name === otherName && (behind.startsWith(otherBehind) || otherBehind.startsWith(behind));
}

function partsOf(side: string): readonly [name: string, behind: string] {
  const at = side.lastIndexOf('@');
  return [side.slice(0, at), side.slice(at + 1)];
}

/** Returns the run before the suspect. Null: it was at fault, serves like the suspect, or was gone back from. */
function runBefore<R extends Run>(
  division: Division<R>,
  { entries }: Seen<R>,
  { recent }: Found,
  { rollout, before }: Change,
): R | null {
  const [run, atFault] = [division.read(before.id), division.read(rollout.deployment.revision.id)];
  if (run === null || atFault === null || division.mayServeAlike(run, atFault)) return null;
  const isBad = isCondemned(division, run, runsOf(division, condemnedIn(entries)));
  return isBad || wasGoneBackFrom(before.content, rollout.deployment, recent) ? null : run;
}

/** Returns the source that names a candidate. */
export function sourceOf({ isUnproven }: Reserved): 'ledger' | 'deployments' {
  return isUnproven === true ? 'deployments' : 'ledger';
}
