import { between, indexAt, levelOf } from '../clues/levels.ts';
import type { Measured, StateChange } from '../facts.ts';
import type { AlarmTrigger, Instant } from '../request.ts';
import type { Deployment } from '../plan.ts';
import { earliestStart, inWords } from '../sights.ts';
import { after, inMinutes, isAfter, secondsBetween } from '../time.ts';
import { redBetween, stateAt, withoutHealed } from './alarm-history.ts';
import { act, ask, skip, type Finding, type Rule, type Case } from './rule.ts';
import { isShownSideBySide } from './confidence.ts';
import { onAlarm } from './trigger.ts';

/** An alarm that was red before the deployment, or that flaps, does not accuse the deployment. */
export const wasOkBefore: Rule = onAlarm((trigger, one) => {
  const { facts, scene } = one;
  const { alarm } = trigger;
  if (scene === null) return null;
  if (!facts.history.known)
    return ask(`Whether alarm ${alarm} was quiet before the deployment is unknown: ${facts.history.why}.`);
  const changes = withTrigger(facts.history.is, trigger);
  const { startedAt } = scene.suspect;
  switch (stateAt(changes, startedAt)) {
    case 'ALARM':
      return wasRed(trigger, changes, scene.suspect);
    case 'OK':
      return wasSteady(alarm, changes, startedAt, one);
    default:
      return wasSilent(alarm, changes, startedAt, one);
  }
});

/** A single good datapoint of a minute is a dip within one harm. */
const CALM_SECONDS = 120;

/**
 * An alarm that turned between the two sights of the deployment may have turned after it began. One that was OK for
 * a while since then turned anew: by the deployment, or because it flaps.
 */
function wasRed(
  { alarm, at: turnedAt }: AlarmTrigger,
  changes: readonly StateChange[],
  suspect: Deployment,
): Finding {
  const { startedAt, sights, revision } = suspect;
  if (okSecondsBefore(turnedAt, changes, startedAt) >= CALM_SECONDS)
    return ask(
      `Alarm ${alarm} was red when the deployment of ${revision.name} began, was OK since then, and turned again: it may be flapping, so a person decides.`,
    );
  const earliest = earliestStart(suspect);
  const turned = changes.some(({ at }) => isAfter(at, earliest) && !isAfter(at, startedAt));
  return sights === undefined || (stateAt(changes, earliest) === 'ALARM' && !turned)
    ? {
        ...skip(`Alarm ${alarm} was red already when the deployment of ${revision.name} began.`),
        setsAside: alarm,
      }
    : ask(
        `Whether alarm ${alarm} was red already when the deployment of ${revision.name} began is uncertain: it was ${inWords(sights)}.`,
      );
}

/** Returns how long an alarm had been OK when it turned, if it turned OK after an instant; else 0. */
function okSecondsBefore(turnedAt: Instant, changes: readonly StateChange[], from: Instant): number {
  const before = changes.filter(({ at }) => isAfter(turnedAt, at));
  const last = before.toSorted((one, other) => secondsBetween(other.at, one.at)).at(-1);
  return last?.to === 'OK' && isAfter(last.at, from) ? secondsBetween(last.at, turnedAt) : 0;
}

/**
 * Judges an alarm that had no state. A metric that reports only errors has no datapoint while all is well. Requests
 * show that the service was alive.
 */
function wasSilent(alarm: string, changes: readonly StateChange[], startedAt: Instant, one: Case): Finding {
  const { measured } = one.facts;
  if (isSilentMetric(one) && measured?.known === true && wasAlive(measured.is, startedAt))
    return wasSteady(alarm, changes, startedAt, one);
  return ask(
    `Alarm ${alarm} had no state when the deployment began, and nothing shows that the service was healthy. Treating missing data as not breaching may help.`,
  );
}

/**
 * Says whether the metric is silent while all is well: by the settings of the alarm, or because it has no data again
 * after a rise.
 */
function isSilentMetric({ facts: { alarm: now } }: Case): boolean {
  return now?.known === true && (now.is.silentWhenHealthy === true || now.is.state === 'INSUFFICIENT_DATA');
}

/** Requests within these minutes before the deployment show that the service was alive. */
const ALIVE_MINUTES = 15;

function wasAlive(measured: readonly Measured[], startedAt: Instant): boolean {
  const requests = measured.filter(
    ({ metric, relation, yesterday }) =>
      metric === 'requests' && relation === 'this' && yesterday === undefined,
  );
  return requests.some(({ series }) => {
    const level = levelOf(series);
    const end = indexAt(level, startedAt);
    return between(level, end - ALIVE_MINUTES, end).some((count) => count > 0);
  });
}

function wasSteady(alarm: string, changes: readonly StateChange[], startedAt: Instant, one: Case): Finding {
  const { windowMinutes } = one.settings;
  const lookedFrom = after(startedAt, -windowMinutes * 60);
  return redBetween(withoutHealed(changes, one.facts.earlier), lookedFrom, startedAt) &&
    !isShownSideBySide(one)
    ? ask(
        `Alarm ${alarm} had been red within the ${inMinutes(windowMinutes * 60)} before the deployment began: it may be flapping.`,
      )
    : act(`Alarm ${alarm} was quiet before the deployment began.`);
}

/** Adds the turn of the trigger, which may not be in the history yet. Without it the state before may be unknown. */
function withTrigger(
  changes: readonly StateChange[],
  { at, previously }: AlarmTrigger,
): readonly StateChange[] {
  return previously === undefined ? changes : [...changes, { at, from: previously, to: 'ALARM' }];
}
