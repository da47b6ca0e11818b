import type { Instant } from '../rollback/request.ts';
import { readSettings, type Settings } from '../rollback/settings.ts';
import { after, isAfter, secondsBetween } from '../rollback/time.ts';
import { NO_COUNTERS, type Counters } from './counters.ts';
import { count } from './count.ts';
import type { BothSides, Followed, Look, Weighed } from './document.ts';
import { gate } from './gate.ts';
import { isDue, MAX_FOLLOWED_SECONDS, paceAt } from './pace.ts';
import { crashes, neverHealthy } from './signs/crashes.ts';
import type { Finding, Seen, Sign } from './signs/finding.ts';
import { minutesOnEnd, sicknessOfOlder, sideBySide } from './signs/metrics.ts';
import { newerProbes, usersProbes } from './signs/probes.ts';
import { unhealthyTargets } from './signs/targets.ts';

/** The signs, in the order in which they are told. One bad sign accuses. */
const SIGNS: readonly Sign[] = [
  crashes,
  neverHealthy,
  unhealthyTargets,
  newerProbes,
  sideBySide,
  usersProbes,
  minutesOnEnd,
];

/**
 * Weighs one look. Accuses only by a concurrent control or by persistence. Inconclusive is not bad, and missing data
 * speaks for neither.
 */
export function weigh({ sides, look, weighed }: Followed, now: Instant): Weighed {
  const before = weighed?.counters ?? NO_COUNTERS;
  const ending = (says: string, quiet = false): Weighed => ({
    state: 'end',
    at: now,
    counters: before,
    says: [says],
    quiet,
  });
  if (sides === undefined || look === undefined) return ending('Nothing was read.');
  if (sides.state === 'none') return ending(sides.reason);
  if (look.supersededBy !== undefined) return ending(`Another deployment is followed: ${look.supersededBy}.`);
  const counters = count(before, sides, look);
  const findings = findingsOf({ sides, look, counters });
  const about = { at: now, counters, says: saidBy(findings, look) };
  const bad = findings.filter((one) => one.is === 'bad');
  if (bad.length > 0)
    return {
      ...about,
      state: 'accuse',
      since: earliest(bad, now),
      by: byOf(bad),
      says: bad.map(({ says }) => says),
    };
  const settings = readSettings(sides.tags);
  if (isOver(sides, settings, now)) return { ...about, ...endOf(counters, findings, settings) };
  return gate({ sides, look, settings, about, findings }) ?? { ...about, ...nextLook(sides, now) };
}

/** Returns what the signs show. Persistence does not accuse while the older side is sick at the same time. */
function findingsOf(seen: Seen): readonly Finding[] {
  const sickness = sicknessOfOlder(seen);
  const found = SIGNS.flatMap((sign) => sign(seen) ?? []);
  if (sickness === null) return found;
  return found.map((one) =>
    one.is === 'bad' && one.by === 'persistence' ? { is: 'open', says: `${one.says} ${sickness}` } : one,
  );
}

function saidBy(findings: readonly Finding[], { missing }: Look): readonly string[] {
  const said = findings.map(({ says }) => says);
  return said.length + missing.length === 0 ? ['Nothing speaks against it yet.'] : [...said, ...missing];
}

function earliest(bad: readonly Extract<Finding, { is: 'bad' }>[], now: Instant): Instant {
  return bad.map(({ since }) => since).reduce((one, other) => (isAfter(one, other) ? other : one), now);
}

/** A control that accuses is enough, whatever persistence shows beside it. */
function byOf(bad: readonly Extract<Finding, { is: 'bad' }>[]): 'control' | 'persistence' {
  return bad.some(({ by }) => by === 'control') ? 'control' : 'persistence';
}

/** Says whether the deployment was followed through its soak, or for as long as any is. */
function isOver({ startedAt, finishedAt }: BothSides, { soakMinutes }: Settings, now: Instant): boolean {
  if (!isAfter(after(startedAt, MAX_FOLLOWED_SECONDS), now)) return true;
  return finishedAt !== undefined && !isAfter(after(finishedAt, soakMinutes * 60), now);
}

/** A lookout that compared nothing was not quiet: it saw nothing. */
function endOf({ looks }: Counters, findings: readonly Finding[], { soakMinutes }: Settings) {
  const quiet = findings.length > 0 && findings.every(({ is }) => is === 'good');
  const says = quiet
    ? [
        `${looks} looks through its soak of ${soakMinutes} minutes saw nothing against it.`,
        ...findings.map((one) => one.says),
      ]
    : [`${looks} looks could not say whether it is good.`, ...findings.map((one) => one.says)];
  return { state: 'end', quiet, says } as const;
}

/** A shift that comes later is only found by the usual readings. */
const SHIFT_WITHIN_SECONDS = 300;
const MIN_SIDES_SECONDS = 10;

function nextLook({ at, startedAt, finishedAt, pause, divided, shift }: BothSides, now: Instant) {
  const pace = paceAt(startedAt, now);
  // When traffic moves is soon over, and shows whether harm began with it.
  const isMoving = shift !== undefined && shift.by === undefined;
  const isWatched =
    pause !== undefined || (isMoving && secondsBetween(startedAt, now) < SHIFT_WITHIN_SECONDS);
  const every = isWatched
    ? Math.max(pace.look, MIN_SIDES_SECONDS)
    : pace.sides * (finishedAt === undefined ? 1 : 5);
  // A minute counts as shared once a reading after its end shows that AWS still divides the traffic.
  const isDueNow = isDue(at, every, now) || (divided === true && at.slice(0, 16) < now.slice(0, 16));
  return { state: isDueNow ? 'wait-for-sides' : 'wait', seconds: pace.look } as const;
}
