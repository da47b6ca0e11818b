import { clock, courseOf, isWanted, releaseIn, routeOf, type Document, type Write } from '../course.ts';
import { proofsIn } from '../entries.ts';
import { inForce } from '../in-force.ts';
import { deployedIn } from '../mishaps.ts';
import { gainersOf } from '../moves.ts';
import type { Night } from '../night.ts';
import { isGood } from '../releases.ts';
import type { Invariant } from './invariant.ts';

/** What hurts users whatever release they get, or the first release alone. */
const HURTS = new Set([
  ...['outage', 'slow-dependency', 'dependency-suffers', 'harm-goes-on', 'harm-flaps', 'health-checks-flap'],
  ...['first-turned-bad', 'first-removed', 'scale-to-nothing', 'capacity-taken', 'shrink'],
]);
/** The traffic is looked at each second, and its trouble begins some seconds after its cause. */
const SEEN_WITHIN_MS = 10_000;

/** Rules of the release at fault, by what the story knows and no plan. */
export const atFault: readonly Invariant[] = [
  {
    name: 'the-fault-gains-nothing',
    because:
      'Knight Capital 2012 (https://dougseven.com/2014/04/17/knightmare-a-devops-cautionary-tale/): the way back put the bad path on every server',
    broken: (night) => {
      const { writes } = courseOf(night);
      const own = writes.filter(({ rollback }) => rollback?.target === night.subject.target);
      const broken = own.flatMap((write) => {
        const guilty = guiltyAt(night, write);
        return gainersAt(night, write)
          .filter((name) => guilty.includes(name))
          .map((name) => `${clock(write.at)} ${write.call.operation} gives more traffic to ${name}`);
      });
      return own.length === 0 ? null : broken;
    },
  },
];

/** Returns the releases that a write deploys, or to which it gives more traffic. */
function gainersAt(night: Night, { call, from }: Write): readonly string[] {
  const move = night.moves.find((one) => one.call === call);
  if (move !== undefined) return gainersOf(move);
  const { from: bad, to } = namesIn(night, from?.document ?? {});
  // Of one release with two settings, the settings may be at fault.
  return to === null || to === bad ? [] : [to];
}

/** Returns the releases at fault: the one that the plan accuses, and the one that began the harm. */
function guiltyAt(night: Night, { at, from }: Write): readonly string[] {
  const document = from?.document ?? {};
  // A person who names a version wants exactly that.
  if (document.request?.revision !== undefined) return [];
  const accused = accusedIn(night, document);
  const culprit = isWanted(document) ? null : culpritAt(night, at);
  return [accused, culprit].filter((name) => name !== null);
}

/** Returns the release that a plan goes back from. Of a division it is the one whose deployment made it. */
function accusedIn(night: Night, document: Document): string | null {
  const id = routeOf(document)?.from.id ?? '';
  const since = Date.parse(/ since (.+)$/.exec(id)?.[1] ?? '');
  const brought = deployedIn(night).findLast(({ at }) => at <= since)?.release;
  return namesIn(night, document).from ?? brought ?? null;
}

function namesIn(night: Night, document: Document) {
  const route = routeOf(document);
  return { from: releaseIn(night, route?.from), to: releaseIn(night, route?.to) };
}

/**
 * Returns the bad release that was the newest when the present harm began, and that had users then. One that was proven
 * hurts in a way that no alarm shows, and a worse one may have come since.
 */
function culpritAt(night: Night, at: number): string | null {
  const harm = night.harm.find(({ from, to }) => from <= at && (to === null || to >= at));
  if (harm === undefined) return null;
  const newest = deployedIn(night).findLast((deployed) => deployed.at <= harm.from);
  const release = newest === undefined ? undefined : night.releases.find(newest.release);
  if (newest === undefined || release === undefined || isGood(release.way)) return null;
  const served = night.releases
    .answering(release.name)
    .some(({ from, to }) => from <= harm.from + SEEN_WITHIN_MS && to >= harm.from - SEEN_WITHIN_MS);
  const isProven = proofsIn(night).some((proof) => proof.release === release.name && proof.at <= at);
  return served && !isProven && inForce(night, newest.at, at, HURTS).length === 0 ? release.name : null;
}
