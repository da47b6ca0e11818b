import type { Instant } from '../rollback/request.ts';
import { readSettings, type Settings } from '../rollback/settings.ts';
import { after, inMinutes, isAfter, secondsBetween } from '../rollback/time.ts';
import { NO_COUNTERS, type Counters } from './counters.ts';
import { count } from './count.ts';
import type { BothSides, Followed, Look, Weighed } from './document.ts';
import { gate } from './gate.ts';
import { isDue, MAX_FOLLOWED_SECONDS, paceAt } from './pace.ts';
import { crashes, neverHealthy } from './signs/crashes.ts';
import type { Finding, Seen, Sign } from './signs/finding.ts';
import { awaitsOlder, loadOf, minutesOnEnd, sicknessOfOlder } from './signs/metrics.ts';
import { newerProbes, usersProbes } from './signs/probes.ts';
import { sideBySide } from './signs/side-by-side.ts';
import { unhealthyTargets } from './signs/targets.ts';

/** The signs, in the order of the report. One bad sign accuses. */
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
  if (isOver(sides, settings, now)) return { ...about, ...endOf(counters, findings, sides, now) };
  return gate({ sides, look, settings, about, findings }) ?? { ...about, ...nextLook(sides, now) };
}

/** What explains harm since an instant as well as the newer side does, in sentences. */
const OTHERS = [untilControl, untilOver, pastWindow, whileEmpty] as const;

/** Returns what the signs show. Persistence does not accuse where something else explains the harm as well. */
function findingsOf(seen: Seen): readonly Finding[] {
  const others = [sicknessOfOlder(seen), loadOf(seen)].filter((one) => one !== null);
  return SIGNS.flatMap((sign) => sign(seen) ?? []).map((one) => {
    if (one.is !== 'bad' || one.by !== 'persistence') return one;
    const because = [...others, ...OTHERS.flatMap((other) => other(one.since, seen))];
    return because.length === 0 ? one : { is: 'open', says: [one.says, ...because].join(' ') };
  });
}

function untilControl(since: Instant, seen: Seen): readonly string[] {
  return awaitsOlder(seen, since) ? ['The same minute of the revision before is not known yet.'] : [];
}

/** A fix is deployed over a bad release, and only time tells their harm apart. */
function untilOver(since: Instant, { sides: { over, finishedAt } }: Seen): readonly string[] {
  if (over === undefined || (finishedAt !== undefined && !isAfter(finishedAt, since))) return [];
  return [`It was deployed over ${over.name}, which may have hurt until then.`];
}

/** An operator or a schedule scaled it to zero: that nothing answers is no fault of the revision. */
function whileEmpty(_: Instant, { sides, look: { targets = [] } }: Seen): readonly string[] {
  const isEmpty = targets.every(
    ({ healthy, unhealthy, others }) => healthy.length + unhealthy.length + others === 0,
  );
  return targets.length > 0 && isEmpty ? [`No target of ${sides.newer.revision.name} is registered.`] : [];
}

/** As for an alarm: what begins so long after a deployment is hardly its fault (src/rollback/rules/trigger.ts). */
function pastWindow(since: Instant, { sides: { finishedAt, tags } }: Seen): readonly string[] {
  const { windowMinutes } = readSettings(tags);
  if (finishedAt === undefined || !isAfter(since, after(finishedAt, windowMinutes * 60))) return [];
  const minutes = inMinutes(secondsBetween(finishedAt, since));
  return [
    `It began ${minutes} after the deployment had ended; the window is ${inMinutes(windowMinutes * 60)}.`,
  ];
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
function isOver(sides: BothSides, settings: Settings, now: Instant): boolean {
  return !isAfter(after(sides.startedAt, MAX_FOLLOWED_SECONDS), now) || isSoaked(sides, settings, now);
}

function isSoaked({ finishedAt }: BothSides, { soakMinutes }: Settings, now: Instant): boolean {
  return finishedAt !== undefined && !isAfter(after(finishedAt, soakMinutes * 60), now);
}

/** A lookout that compared nothing was not quiet: it saw nothing. Neither was one that ended before the soak. */
function endOf({ looks }: Counters, findings: readonly Finding[], sides: BothSides, now: Instant) {
  const settings = readSettings(sides.tags);
  const seen = findings.map((one) => one.says);
  const looked = looks === 1 ? '1 look' : `${looks} looks`;
  const ended = (quiet: boolean, says: string) => ({ state: 'end', quiet, says: [says, ...seen] }) as const;
  if (findings.length === 0 || !findings.every(({ is }) => is === 'good'))
    return ended(false, `${looked} could not say whether it is good.`);
  if (isSoaked(sides, settings, now))
    return ended(
      true,
      `${looked} through its soak of ${settings.soakMinutes} minutes saw nothing against it.`,
    );
  const hours = MAX_FOLLOWED_SECONDS / 3600;
  return ended(false, `${looked} in ${hours} hours saw nothing against it. Its soak is not over.`);
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
