import { after, isAfter, secondsBetween } from '../rollback/time.ts';
import type { Counters, ProbeTally } from './counters.ts';
import type { BothSides, Look, Probed, Targets } from './document.ts';

/** Probes older than this no longer matter. */
const KEPT_SECONDS = 300;

/** The document is limited to 256 KiB, and a service may have thousands of targets. */
const MAX_TARGETS = 500;

/** Returns the counters with what one look saw. */
export function count(before: Counters, sides: BothSides, look: Look): Counters {
  const { unhealthySince, pausedSince, ...kept } = before;
  const targets = look.targetsAt === look.at ? look.targets : undefined;
  const seen = targets === undefined ? {} : seenIn(targets, before, sides, look);
  const paused = sides.pause === undefined ? {} : { pausedSince: pausedSince ?? look.at };
  return {
    ...kept,
    ...(targets === undefined && unhealthySince !== undefined && { unhealthySince }),
    ...seen,
    ...paused,
    looks: before.looks + 1,
    users: [...recent(before.users, look), ...tallyOf(look, 'users')],
    newer: [...recent(before.newer, look), ...tallyOf(look, 'newer')],
    before: mayTakeTraffic(before, look, sides) ? before.before : beforeWith(before.before, look),
  };
}

function recent(tallies: readonly ProbeTally[], { at }: Look): readonly ProbeTally[] {
  return tallies.filter((tally) => isAfter(tally.at, after(at, -KEPT_SECONDS)));
}

function tallyOf({ at, probes }: Look, through: Probed['through']): readonly ProbeTally[] {
  return probes
    .filter((one) => one.through === through)
    .map(({ sent, failed, slow }) => ({ at, sent, failed, slow }));
}

/** A lookout that begins so long after its deployment does not know what was before. */
const LATE_SECONDS = 60;

/**
 * Says whether users may reach the newer side already. Only a reading of the targets at this look shows that they do not.
 * Where the kind has no targets, the first look is before.
 */
function mayTakeTraffic(counters: Counters, look: Look, sides: BothSides): boolean {
  const { targets, targetsAt, at } = look;
  if (secondsBetween(sides.startedAt, at) > LATE_SECONDS || counters.healthySince !== undefined) return true;
  if (sides.newer.groups.length === 0) return counters.looks > 0;
  if (targets === undefined || targetsAt !== at) return true;
  return newerAmong(targets, counters, sides).healthy.length > 0;
}

function beforeWith(before: Counters['before'], { probes }: Look): Counters['before'] {
  const users = probes.find(({ through }) => through === 'users');
  if (users === undefined) return before;
  const seconds = Math.max(before.seconds ?? 0, users.seconds ?? 0);
  return {
    sent: before.sent + users.sent,
    bad: before.bad + users.failed,
    seconds: users.seconds === null ? before.seconds : seconds,
  };
}

function seenIn(
  targets: readonly Targets[],
  before: Counters,
  sides: BothSides,
  { at }: Look,
): Partial<Counters> {
  const newer = newerAmong(targets, before, sides);
  const ids = [...newer.healthy, ...newer.unhealthy];
  const firstSeen = Object.fromEntries(
    ids.slice(0, MAX_TARGETS).map((id) => [id, before.firstSeen[id] ?? at]),
  );
  const wereHealthy = [...new Set([...(before.wereHealthy ?? []), ...newer.healthy])].slice(0, MAX_TARGETS);
  const isUnhealthy = lostAmong(newer.unhealthy, wereHealthy).length >= Math.max(1, wereHealthy.length / 2);
  const healthySince = before.healthySince ?? (newer.healthy.length > 0 ? at : undefined);
  return {
    firstSeen,
    wereHealthy,
    known: before.known ?? (sharesGroups(sides) ? newer.known : []),
    ...(healthySince !== undefined && { healthySince }),
    ...(isUnhealthy && { unhealthySince: before.unhealthySince ?? at }),
  };
}

/** Returns the unhealthy targets that were healthy before. Where none ever was, all of them. */
export function lostAmong(
  unhealthy: readonly string[],
  wereHealthy: readonly string[] = [],
): readonly string[] {
  return wereHealthy.length === 0 ? unhealthy : unhealthy.filter((id) => wereHealthy.includes(id));
}

/** Says whether both sides register their targets in the same groups. Then only the time shows whose a target is. */
export function sharesGroups({ newer, older }: BothSides): boolean {
  return newer.groups.some((group) => older.groups.includes(group));
}

/**
 * Returns the targets of the newer side. In shared groups these are the ones that were not there at the first reading.
 */
export function newerAmong(
  targets: readonly Targets[],
  { known }: Counters,
  sides: BothSides,
): {
  readonly healthy: readonly string[];
  readonly unhealthy: readonly string[];
  readonly known: readonly string[];
} {
  const own = targets.filter(({ side }) => side === 'newer');
  const [healthy, unhealthy] = [own.flatMap((one) => one.healthy), own.flatMap((one) => one.unhealthy)];
  if (!sharesGroups(sides)) return { healthy, unhealthy, known: [] };
  const there = known ?? [...healthy, ...unhealthy].slice(0, MAX_TARGETS);
  const isNew = (id: string) => !there.includes(id);
  return { healthy: healthy.filter(isNew), unhealthy: unhealthy.filter(isNew), known: there };
}

/** Says whether as many targets of the newer side were seen as it is to have, and one was healthy. */
export function isNewerUp({ newer }: BothSides, counters: Counters | undefined): boolean {
  if (counters?.healthySince === undefined) return false;
  return Object.keys(counters.firstSeen).length >= (newer.wanted ?? 1);
}
