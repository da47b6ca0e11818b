import type { Instant } from '../../rollback/request.ts';
import { after, isAfter, secondsBetween } from '../../rollback/time.ts';
import type { Counters, ProbeTally } from '../counters.ts';
import type { Look } from '../document.ts';
import type { Finding, Seen, Sign } from './finding.ts';
import { isBadLately, wasWellBefore } from './metrics.ts';

/** A dependency that fails for a minute looks like a bad release for a minute. */
const MIN_SPELL_SECONDS = 61;

/**
 * A spell that begins as the newer side takes its first traffic is a coincidence for any other cause. So is one in which
 * most users fail, and there waiting costs most.
 */
const MIN_SPELL_WITH_TRAFFIC_SECONDS = 45;
const MIN_SPELL_OF_MOST_SECONDS = 40;
const MIN_SHARE_OF_MOST = 0.6;
const WITH_TRAFFIC_SECONDS = { before: 8, after: 12 } as const;

/** A spell of bad probes ends with so long a time without one. */
const MAX_GAP_SECONDS = 35;

/** Without a control, fewer bad probes or a smaller share say nothing. */
const MIN_BAD = 5;
const MIN_SHARE = 0.15;

/** New targets answer slowly while they warm up. */
const WARM_UP_SECONDS = 40;
const MIN_EXCESS_OF_SLOW = 0.3;

/** The last looks, whose probes are compared with the targets that warm up. */
const LATELY = 3;

/** So many probes before the newer side took traffic show that all was well. */
const MIN_BEFORE = 5;

/** Probes of both sides at the same time. */
const MIN_OF_NEWER = 15;
const MIN_DIFFERENCE = 0.3;

/** Probes where users go stay bad for longer than a dependency hiccups, and were well before. */
export const usersProbes: Sign = (seen) => {
  const { sides, look, counters } = seen;
  const { users } = counters;
  const slowCounts = countsSlow(counters, look);
  const spell = spellOf(users, (tally) => badOf(tally, slowCounts));
  if (spell === null) return users.length === 0 ? null : goodIfQuiet(users, look);
  const { since, until, sent, bad } = spell;
  const [seconds, share] = [secondsBetween(since, until), bad / sent];
  const what = `${bad} of ${sent} probes failed or were far slower than before, from ${since} to ${until}`;
  if (failedBefore(seen))
    return { is: 'open', says: `${what}; they failed before the newer side took traffic.` };
  if (!wasWell(seen, since))
    return { is: 'open', says: `${what}; that they were well before the deployment is not known.` };
  if (seconds < minSecondsOf(spell, seen) || bad < MIN_BAD || share < MIN_SHARE)
    return { is: 'open', says: `${what}; a failing dependency may look the same.` };
  const name = sides.newer.revision.name;
  return {
    is: 'bad',
    by: 'persistence',
    since,
    says: `${what}. All was well before ${name}.`,
  };
};

/** Probes that reach only the newer side fail, while those where users go are well: a test listener, before the shift. */
export const newerProbes: Sign = ({ sides, counters, look }) => {
  const [newer, users] = [sumOf(counters.newer), sumOf(counters.users)];
  if (newer.sent < MIN_OF_NEWER || users.sent < MIN_OF_NEWER) return null;
  const [share, control] = [newer.bad / newer.sent, users.bad / users.sent];
  const name = sides.newer.revision.name;
  const says = `${newer.bad} of ${newer.sent} probes of ${name} through the test listener failed, ${users.bad} of ${users.sent} of those where users go`;
  if (share - control >= MIN_DIFFERENCE)
    return {
      is: 'bad',
      by: 'control',
      since: firstBad(counters.newer) ?? look.at,
      says: `${says}, at the same time.`,
    };
  return { is: share === 0 ? 'good' : 'open', says: `${says}.` };
};

function minSecondsOf({ since, sent, bad }: Spell, seen: Seen): number {
  if (bad >= MIN_SHARE_OF_MOST * sent) return MIN_SPELL_OF_MOST_SECONDS;
  return beganWithTraffic(since, seen) ? MIN_SPELL_WITH_TRAFFIC_SECONDS : MIN_SPELL_SECONDS;
}

/**
 * Says whether a spell began when the newer side took its first traffic: between the two readings of the shift, or when
 * its first target was healthy.
 */
function beganWithTraffic(since: Instant, { sides: { shift }, counters: { healthySince } }: Seen): boolean {
  const from = shift?.after ?? healthySince;
  const to = shift === undefined ? healthySince : shift.by;
  if (from === undefined || to === undefined) return false;
  const { before, after: later } = WITH_TRAFFIC_SECONDS;
  return secondsBetween(from, since) >= -before && secondsBetween(to, since) <= later;
}

/**
 * Says whether so many probes failed before the newer side took traffic: the URL never answered well, as a page behind a
 * login, or an earlier release still hurt.
 */
function failedBefore({ counters: { before } }: Seen): boolean {
  return before.sent >= MIN_BEFORE && before.bad >= MIN_SHARE * before.sent;
}

/**
 * Says whether all was well before the newer side took traffic: by its probes, or by the metrics of that time. Metrics do
 * not show that the URL of the probes answered well, so without probes from before, earlier ones or a bad minute must.
 */
function wasWell(seen: Seen, since: Instant): boolean {
  const { before, users } = seen.counters;
  const wasMeasuredWell = wasWellBefore(seen);
  if (before.sent >= MIN_BEFORE) return wasMeasuredWell ?? before.bad === 0;
  if (wasMeasuredWell !== true) return false;
  const earlier = sumOf(users.filter(({ at }) => isAfter(since, at)));
  return (earlier.sent >= MIN_BEFORE && earlier.bad < MIN_SHARE * earlier.sent) || isBadLately(seen);
}

function goodIfQuiet(users: readonly ProbeTally[], { at }: Look): Finding | null {
  const lately = users.filter((tally) => isAfter(tally.at, after(at, -MIN_SPELL_SECONDS)));
  const { sent, bad } = sumOf(lately);
  return sent >= MIN_OF_NEWER && bad === 0
    ? { is: 'good', says: `All of ${sent} probes were answered well.` }
    : null;
}

/**
 * Says whether slowness counts: it is of more probes than the targets that still warm up could answer, the lately seen
 * ones of the newer side.
 */
function countsSlow({ firstSeen, users }: Counters, { at, targets = [] }: Look): boolean {
  const young = Object.values(firstSeen).filter((seen) => secondsBetween(seen, at) < WARM_UP_SECONDS).length;
  if (young === 0) return true;
  const serving = targets.reduce((sum, { healthy }) => sum + healthy.length, 0);
  const lately = users.slice(-LATELY);
  const sum = (of: (tally: ProbeTally) => number) => lately.reduce((all, tally) => all + of(tally), 0);
  return (
    sum(({ slow }) => slow) >= (young / Math.max(1, serving) + MIN_EXCESS_OF_SLOW) * sum(({ sent }) => sent)
  );
}

function badOf({ failed, slow }: ProbeTally, slowCounts: boolean): number {
  return failed + (slowCounts ? slow : 0);
}

interface Spell {
  readonly since: Instant;
  readonly until: Instant;
  readonly sent: number;
  readonly bad: number;
}

/** Returns the last spell of bad probes, if it lasts until now. */
function spellOf(tallies: readonly ProbeTally[], bad: (tally: ProbeTally) => number): Spell | null {
  const newest = tallies.at(-1);
  const last = tallies.findLast((tally) => bad(tally) > 0);
  if (newest === undefined || last === undefined) return null;
  if (secondsBetween(last.at, newest.at) > MAX_GAP_SECONDS) return null;
  let since = last.at;
  for (const tally of tallies.toReversed()) {
    if (secondsBetween(tally.at, since) > MAX_GAP_SECONDS) break;
    if (bad(tally) > 0) since = tally.at;
  }
  const within = tallies.filter(({ at }) => !isAfter(since, at) && !isAfter(at, last.at));
  const sum = (of: (tally: ProbeTally) => number) => within.reduce((all, tally) => all + of(tally), 0);
  return { since, until: last.at, sent: sum(({ sent }) => sent), bad: sum(bad) };
}

function sumOf(tallies: readonly ProbeTally[]): { readonly sent: number; readonly bad: number } {
  const sum = (of: (tally: ProbeTally) => number) => tallies.reduce((all, tally) => all + of(tally), 0);
  return { sent: sum(({ sent }) => sent), bad: sum(({ failed }) => failed) };
}

function firstBad(tallies: readonly ProbeTally[]): Instant | undefined {
  return tallies.find(({ failed }) => failed > 0)?.at;
}
