import { between, indexAt, isHigh, seriesFor, usualOf, type Level, type Usual } from '../clues/levels.ts';
import { harmLevel, type Scene } from '../clues/scene.ts';
import { strengthOf } from '../clues/weigh.ts';
import { mayLookAgain } from '../look-again.ts';
import { countsTargets } from '../meters.ts';
import type { Instant } from '../request.ts';
import { isAfter, secondsBetween } from '../time.ts';
import { isShownSideBySide } from './confidence.ts';
import { ask, type Rule } from './rule.ts';

/**
 * A rollout that takes every target out of service hurts users, whatever it deploys. Its release is accused only where
 * the harm outlasts it. CloudWatch shows a minute after its end, so Lastgood looks again until one is known.
 */
export const outlastsRollout: Rule = ({ facts, scene }) => {
  if (scene === null) return null;
  const { takesAll, finishedAt, revision } = scene.suspect;
  if (takesAll !== true || finishedAt === undefined) return null;
  if (!isAfter(finishedAt, scene.rise)) return null;
  if ((facts.probed?.bad ?? 0) > 0 || isRedSince(scene, finishedAt)) return null;
  const since = servedSince(scene, finishedAt);
  const took = `The deployment of ${revision.name} took every target out of service`;
  if (since === 'well' || since === 'as-before')
    return { ...ask(`${took}, and ${SERVED[since]}, so a person decides`), timeMayTell: true };
  if (since === 'worse' || !mayLookAgain(facts.looks)) return null;
  return {
    ...ask(`${took}, and no whole minute since it ended is known yet`),
    timeMayTell: true,
    soon: true,
  };
};

const SERVED = {
  well: 'users have been served well since it ended',
  'as-before': 'users have been served since it ended as they were before it',
};

/** A rollout that ended longer ago explains no unhealthy target. */
const ROLLED_OUT_WITHIN_SECONDS = 120;

/**
 * A new target is not healthy until it has passed its checks. So where an alarm on unhealthy targets accuses a rollout and
 * users are served well, Lastgood gives the targets time, and looks again. Then the alarm counts. It counts at once where
 * errors are not measured, where a healthy target is left nowhere, and where tasks, sides or probes accuse the release.
 */
export const isNoSlowStart: Rule = (one) => {
  const { facts, scene } = one;
  if (scene === null || facts.alarm?.known !== true || !countsTargets(facts.alarm.is.metric)) return null;
  if (facts.plan.state !== 'ready' || !mayLookAgain(facts.looks) || !isBeingRolledOut(scene)) return null;
  if ((facts.probed?.bad ?? 0) > 0 || isShownSideBySide(one) || strengthOf('itsTasksFail', scene) > 0)
    return null;
  if (!areErrorsMeasured(scene) || hasNoHealthyHost(scene)) return null;
  const since = servedSince({ ...scene, level: null }, scene.rise);
  if (since === 'worse' || since === 'as-before') return null;
  const users = since === 'well' ? 'users are served well' : 'nothing shows yet that users hurt';
  return {
    ...ask(`Targets of ${scene.suspect.revision.name} are not healthy while it is rolled out, and ${users}`),
    timeMayTell: true,
    silenceMayMeanGo: true,
  };
};

function isBeingRolledOut({ suspect: { state, finishedAt }, rise, now }: Scene): boolean {
  if (state === 'rolling-back') return false;
  if (finishedAt === undefined) return true;
  return isAfter(finishedAt, rise) && secondsBetween(finishedAt, now) <= ROLLED_OUT_WITHIN_SECONDS;
}

/** Says whether errors of the target or of one of its sides are measured. A Network Load Balancer sees none. */
function areErrorsMeasured({ measured }: Scene): boolean {
  return measured.some(({ metric, relation }) => metric === 'errors' && relation === 'this');
}

/** Says whether the newest known minute had no healthy target. */
function hasNoHealthyHost({ measured }: Scene): boolean {
  const known = (seriesFor(measured, 'healthyHosts')?.values ?? []).filter((value) => value !== null);
  return known.at(-1) === 0;
}

/** CloudWatch shows and evaluates a datapoint so long after its end. */
const EVALUATED_WITHIN_SECONDS = 120;

/**
 * Says whether an alarm is red by datapoints that began after an instant, by a metric that Lastgood does not measure:
 * orders, say. One whose metric has no data while all is well may be red by older ones.
 */
function isRedSince({ facts: { alarm }, level, now }: Scene, end: Instant): boolean {
  if (level !== null || alarm?.known !== true) return false;
  const { state, periodSeconds, evaluationPeriods, silentWhenHealthy } = alarm.is;
  if (state !== 'ALARM' || silentWhenHealthy === true) return false;
  if (periodSeconds === undefined || evaluationPeriods === undefined) return false;
  return secondsBetween(end, now) > (evaluationPeriods + 1) * periodSeconds + EVALUATED_WITHIN_SECONDS;
}

/** The usual level comes from so many minutes before the rollout. */
const USUAL_MINUTES = 120;

/** The level right before the rollout comes from so many: users may have been hurt already. */
const SHORTLY_MINUTES = 5;

/** A minute up to so many times as bad as the worst of them is no worse. */
const MOST_ABOVE_WORST = 1.25;

/** How users are served after a rollout: as usual, as badly as right before it, or worse than both. */
type Served = 'well' | 'as-before' | 'worse';

/** Judges the last minute that began after an instant. Null: too little is known of it. */
function servedSince({ level, measured, suspect }: Scene, end: Instant): Served | null {
  const errors = harmLevel(measured, 'errors');
  if (errors === null) return null;
  const levels = [errors, harmLevel(measured, 'latency'), level].filter((one) => one !== null);
  const judged = levels.map((one) => lastMinute(one, suspect.startedAt, end));
  if (judged.includes('worse')) return 'worse';
  if (judged.includes(null)) return null;
  return judged.includes('as-before') ? 'as-before' : 'well';
}

/** Compares the last minute with those before the rollout. Null: it began before the end, or too few were before. */
function lastMinute(level: Level, startedAt: Instant, end: Instant): Served | null {
  const last = level.values.findLastIndex((value) => value !== null);
  const usual = usualUntil(level, startedAt, USUAL_MINUTES);
  if (usual === null || last <= indexAt(level, end)) return null;
  if (!isHigh(level, last, usual)) return 'well';
  return isAsShortlyBefore(level, last, startedAt) ? 'as-before' : 'worse';
}

/** Minutes that swing or rise have a wide spread, so the worst of them counts too. */
function isAsShortlyBefore(level: Level, last: number, startedAt: Instant): boolean {
  const shortly = usualUntil(level, startedAt, SHORTLY_MINUTES);
  if (shortly === null || isHigh(level, last, shortly)) return false;
  const at = indexAt(level, startedAt);
  const worst = Math.max(...between(level, at - SHORTLY_MINUTES, at));
  return between(level, last, last + 1).every((value) => value <= MOST_ABOVE_WORST * worst);
}

function usualUntil(level: Level, startedAt: Instant, minutes: number): Usual | null {
  const at = indexAt(level, startedAt);
  return usualOf(between(level, at - minutes, at));
}
