import { clock, courseOf, isWanted, type Document } from '../course.ts';
import { settledIn, type Settled } from '../entries.ts';
import { endOf, inForce } from '../in-force.ts';
import { deployedIn, doneBefore, isInDeadLetters, mayBeHalfDeployed, tagsAt } from '../mishaps.ts';
import type { Night } from '../night.ts';
import { isGood } from '../releases.ts';
import type { Invariant } from './invariant.ts';

const MINUTE_MS = 60_000;
/** What hurts users of a good release while it is in force, or makes the deployment of one fail. */
const HURTS = [
  ...['outage', 'slow-dependency', 'harm-goes-on', 'harm-flaps'],
  // Beside a canary, the first release has a part of the traffic.
  ...['first-turned-bad', 'first-removed'],
];
const FAILS_DEPLOYMENTS = ['health-checks-flap', 'slow-starts'];
/** Faults while which alarms or their history mislead. */
const MISLEADING = [
  ...['alarm-edited', 'alarm-always-red', 'alarm-forged', 'alarm-hushed', 'alarm-loses-its-data'],
  ...['alarm-deleted', 'metrics-late', 'metrics-partial', 'metrics-missing', 'clock-skewed'],
];
const DEPLOYS = ['release', 'fix', 'go-back', 'tool-goes-back'];
const EXCUSES = new Set([...HURTS, ...FAILS_DEPLOYMENTS, ...MISLEADING]);
/** A system outside AWS says of a deployment that a person aborted only that it failed. */
const EXCUSES_OUTSIDE = new Set([...EXCUSES, 'abort', 'abort-without-cause']);

/** Rules of the ledger: what is proven, and what is condemned. */
export const ledger: readonly Invariant[] = [
  {
    name: 'proven-means-quiet',
    because:
      'Azure Front Door, 29 October 2025: the last known good must be proven, and not only the one before',
    broken: async (night) => {
      const proven = (await settledIn(night)).filter(({ state }) => state === 'proven');
      const broken = proven
        .filter((entry) => !hasQuietSoak(night, entry))
        .map(
          ({ at, revision }) => `${revision.name} was proven at ${clock(at)}, and no soak of it was quiet`,
        );
      return proven.length === 0 ? null : broken;
    },
  },
  {
    name: 'condemned-means-at-fault',
    because: 'Knight Capital 2012: the good version was removed, and the bad one stayed; facts P3, precision',
    // The judge weighs signs. Where something else hurt users between the deployment and the verdict, or misled it then, it
    // may be wrong. Not so where that harm alone went on as it was: Verify compares it, and clears the release.
    broken: async (night) => {
      const condemned = (await settledIn(night)).filter(
        (entry) => entry.state === 'condemned' && entry.release !== null && !isExcused(night, entry),
      );
      const broken = condemned.flatMap(({ release, at, revision }) => {
        const found = release === null ? undefined : night.releases.find(release);
        return found !== undefined && isGood(found.way)
          ? [`${revision.name} was condemned at ${clock(at)}, and is ${found.way}`]
          : [];
      });
      return condemned.length === 0 ? null : broken;
    },
  },
];

/** Says whether there was a whole soak without a red alarm between the end of the deployment and the proof. */
function hasQuietSoak(night: Night, { completedAt, at }: Settled): boolean {
  if (completedAt === null) return true;
  const soakMs = soakOf(night, at) * MINUTE_MS;
  const red = redTimes(night).filter(
    (one) =>
      one.to > completedAt &&
      one.from < at &&
      ((one.from >= completedAt && comes(night, one)) || isTaken(night, one.alarm, one.from, at)),
  );
  let quietSince = completedAt;
  for (const { from, to } of red) {
    if (from - quietSince >= soakMs) return true;
    quietSince = Math.max(quietSince, to);
  }
  // AWS keeps whole seconds, and the times of an alarm are exact.
  return at - quietSince >= soakMs - 1_000;
}

/** Faults that lose an event, or hold it back for longer than a short soak. */
const WITHHOLD_EVENTS = new Set(['events-lost', 'events-late', 'targets-refuse']);

/** Says whether the event of a turn comes to a rollback. Without it Lastgood knows an alarm only while it is red. */
function comes(night: Night, { from, event }: RedTime): boolean {
  return inForce(night, from, from, WITHHOLD_EVENTS).length === 0 && !isInDeadLetters(night, event);
}

/** Says whether the turn of an alarm came to a rollback of the target in time. */
function isTaken(night: Night, alarm: string, turnedAt: number, by: number): boolean {
  return courseOf(night).rollbacks.some(({ execution, last: { request } }) => {
    const { trigger } = request ?? {};
    return (
      trigger !== undefined &&
      'alarm' in trigger &&
      trigger.alarm === alarm &&
      Date.parse(trigger.at) === turnedAt &&
      Date.parse(execution.startedAt) <= by
    );
  });
}

/** The shortest soak that the tags asked for, and half an hour without a tag. */
function soakOf(night: Night, at: number): number {
  return Math.min(
    ...night.tagged
      .filter((tagged) => tagged.at <= at)
      .map(({ tags }) => Number(tags['lastgood:soak'] ?? 30)),
    Number(tagsAt(night, at)['lastgood:soak'] ?? 30),
  );
}

interface RedTime {
  readonly alarm: string;
  /** Id of the event of the turn. */
  readonly event: string;
  readonly from: number;
  readonly to: number;
}

/** Returns the times in which an alarm was red. One that its owner deletes is red no longer, and no event says so. */
function redTimes(night: Night): readonly RedTime[] {
  const { turns } = courseOf(night);
  const deletions = doneBefore(night, Infinity, 'alarm-deleted');
  return turns
    .filter(({ to }) => to === 'ALARM')
    .map(({ alarm, at, event }) => {
      const turned = turns.find((turn) => turn.alarm === alarm && turn.at > at && turn.to !== 'ALARM');
      const deleted = deletions.find((one) => one.at > at);
      return { alarm, event, from: at, to: Math.min(turned?.at ?? Infinity, deleted?.at ?? Infinity) };
    })
    .toSorted((one, other) => one.from - other.from);
}

function isExcused(night: Night, { at, execution, release, revision }: Settled): boolean {
  const rollback = courseOf(night).rollbacks.find((one) => one.execution.arn === execution);
  if (rollback !== undefined && isWanted(rollback.last) && isShown(rollback.last, revision)) return true;
  if (rollback !== undefined && hasGoneOn(night, rollback.last, release)) return false;
  if (rollback !== undefined && isStoppedByAlarm(night, rollback.last)) return true;
  // One error may leave the band of a quiet service.
  if (night.story.settings.alarm.on === 'band') return true;
  const judgedAt = Date.parse(rollback?.last.verdict?.at ?? '') || at;
  const deployed = deployedIn(night).findLast((one) => one.release === release && one.at <= judgedAt);
  const excuses = night.ground.kind === 'external' ? EXCUSES_OUTSIDE : EXCUSES;
  const deployedAt = deployed?.at ?? -Infinity;
  return (
    inForce(night, deployedAt, judgedAt, excuses).length > 0 ||
    mayBeHalfDeployed(night, deployedAt, judgedAt, DEPLOYS)
  );
}

/**
 * Says whether AWS failed the deployment by an alarm that it watches. All at once or on one instance, a good release
 * takes every instance away for a while, and that turns the alarm. New targets that are not healthy yet turn one on
 * unhealthy targets.
 */
function isStoppedByAlarm({ story: { settings } }: Night, { request, verdict }: Document): boolean {
  const { trigger } = verdict?.decidedBy ?? request ?? {};
  if (trigger?.type !== 'deployment') return false;
  return settings.alarm.on === 'unhealthy' || trigger.reason?.startsWith('ALARM_ACTIVE') === true;
}

/** Says whether a person who agreed was shown this revision as the one to go back from, and not another. */
function isShown({ plan }: Document, { id }: Settled['revision']): boolean {
  return plan === undefined || !('from' in plan) || plan.from.id === id;
}

/** Verify compares two whole minutes before with three since, of which it waits for some. */
const COMPARED_BEFORE_MS = 3 * MINUTE_MS;
const COMPARED_SINCE_MS = 6 * MINUTE_MS;

/** Failures of fewer requests may be within the limit of the alarm. */
const CLEAR_SHARE = 0.1;

/**
 * Says whether one harm, and nothing else, went on as it was from before the verdict until Verify gave up. Then going back
 * showed that the release did not do it.
 */
function hasGoneOn(
  night: Night,
  { plan, request, verdict, settled, health }: Document,
  release: string | null,
): boolean {
  if (verdict === undefined || settled?.state !== 'settled' || health?.state !== 'unproven') return false;
  const isAsked = (verdict.decidedBy ?? request)?.trigger?.type !== 'alarm' || plan?.state !== 'ready';
  if (isAsked || !isRead(night)) return false;
  const [from, to] = [Date.parse(verdict.at) - COMPARED_BEFORE_MS, Date.parse(health.at)];
  const [harm, ...others] = night.diary.filter(
    (entry) => entry.release !== release && entry.at <= to && endOf(entry) >= from,
  );
  return (
    others.length === 0 &&
    harm?.what === 'harm-goes-on' &&
    harm.at <= from &&
    endOf(harm) >= to &&
    Number(harm.given?.['share']) >= CLEAR_SHARE &&
    to - Date.parse(settled.at) >= COMPARED_SINCE_MS
  );
}

/** Says whether Verify may and can read the metric of the story's alarm. */
function isRead({ story: { settings } }: Night): boolean {
  const { on, composite } = settings.alarm;
  return (on === 'share' || on === 'count') && !composite && (settings.denied ?? 'none') === 'none';
}
