import { grewWith } from '../clues/grown.ts';
import { onsetFrom } from '../clues/scene.ts';
import { firstServed } from '../clues/timing.ts';
import type { AlarmNow } from '../facts.ts';
import type { Deployment } from '../plan.ts';
import type { AlarmTrigger, Instant, Trigger } from '../request.ts';
import { earliestStart } from '../sights.ts';
import { inMinutes, isAfter, secondsBetween } from '../time.ts';
import { act, ask, skip, type Case, type Finding, type Rule } from './rule.ts';

/**
 * An older alarm says nothing about the present. Teletraan of Pinterest, which has rolled back by alerts for years,
 * uses the same five minutes: https://github.com/pinterest/teletraan/pull/529
 */
export const MAX_AGE_SECONDS = 300;

/**
 * An alarm that is still red says something about the present for longer. Its event may have waited while Lambda
 * refused to run Lastgood for ten minutes, and then for Lambda's next try, at most five minutes later.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const MAX_AGE_RED_SECONDS = 1200;

/** A leak shows long after its release. Lastgood suspects a deployment for at most this long. */
const MAX_WINDOW_SECONDS = 4 * 3600;

/** A rule about the alarm that triggered the rollback. It finds nothing for other triggers. */
type AlarmRule = (trigger: AlarmTrigger, one: Case) => Finding | null;

export const onAlarm =
  (rule: AlarmRule): Rule =>
  (one) => {
    const { trigger } = one.facts.request;
    return trigger?.type === 'alarm' ? rule(trigger, one) : null;
  };

export const isFresh: Rule = onAlarm(({ alarm, at }, { facts: { takenUpAt, alarm: now } }) => {
  const age = secondsBetween(at, takenUpAt);
  if (age <= MAX_AGE_SECONDS) return null;
  const turned = `Alarm ${alarm} turned ${inMinutes(age)} before Lastgood learned of it`;
  if (age > MAX_AGE_RED_SECONDS || now === undefined)
    return skip(`${turned}. Lastgood does not act on alarms older than ${inMinutes(MAX_AGE_SECONDS)}.`);
  if (!now.known) return ask(`${turned}, and whether it is still red is unknown: ${now.why}.`);
  return isRedSince(now.is, at) ? null : skip(`${turned}, and it has not been red ever since.`);
});

/** Says whether an alarm that turned at an instant has been red ever since. A later turn is another trigger. */
function isRedSince({ state, since }: AlarmNow, at: Instant): boolean {
  return state === 'ALARM' && since !== undefined && !isAfter(since, at);
}

/**
 * Everyone with permission for SetAlarmState could have set it. The event shows some signs of it, and the settings of
 * the alarm show more.
 */
export const isGenuine: Rule = onAlarm(({ alarm, forged }, { facts: { alarm: now } }) => {
  const sign = forged ?? (now?.known === true ? now.is.setByHand : undefined);
  return sign === undefined ? null : ask(`Alarm ${alarm} may have been set by hand: ${sign}.`);
});

/**
 * The owner disabled the actions of the alarm, for example for maintenance. Its events come all the same.
 * Unknown: alarm-event-without-actions.
 */
export const isActing: Rule = onAlarm(({ alarm }, { facts }) =>
  facts.alarm?.known === true && facts.alarm.is.actionsEnabled === false
    ? ask(`The actions of alarm ${alarm} are disabled, so a person decides.`)
    : null,
);

/**
 * A request that is older than the running deployment is about another one: it is a replay, or a redriven dead letter.
 */
export const isAboutWhatRuns: Rule = ({ facts: { request, plan } }) => {
  const { trigger } = request;
  const { deployment } = plan;
  if (trigger?.type !== 'request' || trigger.automatic === true || deployment === undefined) return null;
  if (!isAfter(deployment.startedAt, trigger.at)) return null;
  return ask(
    `${trigger.by} asked at ${trigger.at}, before the deployment of ${deployment.revision.name} began at ${deployment.startedAt}.`,
  );
};

/**
 * The harm began while the suspect was rolled out, or within the window after its end; a leak may take longer. For a target that
 * was idle at its end, the window begins with the first request.
 */
export const isNear: Rule = ({ facts, settings: { windowMinutes }, scene, blame }) => {
  const turn = turnOf(facts.request.trigger);
  if (turn === null || onsetFrom(facts) === null) return null;
  if (scene === null) return skip(noSuspect(turn, facts));
  const { suspect, rise, onset } = scene;
  if (onset.unseenBefore !== undefined) return null;
  const { revision, sights } = suspect;
  const since = isOver(suspect) ? secondsBetween(firstServed(scene) ?? endOf(suspect), rise) : 0;
  const leaks = blame?.leaks === true && since <= MAX_WINDOW_SECONDS;
  if (since <= windowMinutes * 60 || leaks) {
    const most = inMinutes(secondsBetween(earliestStart(suspect), turn.at));
    return act(
      `${turn.of} turned ${sights === undefined ? '' : 'at most '}${most} after the deployment of ${revision.name} began.`,
    );
  }
  const [newest] = scene.later;
  // Then a person decides (superseded.ts).
  if (newest !== undefined && grewWith(scene, newest)) return null;
  return skip(
    `The harm began ${inMinutes(since)} after the deployment of ${revision.name} had ended; the window is ${inMinutes(windowMinutes * 60)}.`,
  );
};

function isOver({ state }: Deployment): boolean {
  return state !== 'in-flight' && state !== 'rolling-back';
}

function endOf({ startedAt, finishedAt }: Deployment): Instant {
  return finishedAt ?? startedAt;
}

/**
 * An alarm that was created or changed during the harm did not see it begin. Its first datapoint would clear every deployment
 * before that one.
 */
export const sawItBegin: Rule = onAlarm(({ alarm }, { scene }) => {
  const at = scene?.onset.unseenBefore;
  if (at === undefined) return null;
  return ask(
    `Alarm ${alarm} was created or changed at ${at}. The harm may have begun before that, so a person decides`,
  );
});

function noSuspect({ of, at }: Turn, { request, plan: { deployment } }: Case['facts']): string {
  if (deployment === undefined) return `${of} turned, and no deployment of ${request.target} is known.`;
  const before = secondsBetween(at, deployment.startedAt);
  return before > 0
    ? `${of} turned ${inMinutes(before)} before the deployment of ${deployment.revision.name} began.`
    : `The harm began before the deployment of ${deployment.revision.name}.`;
}

interface Turn {
  readonly of: string;
  readonly at: Instant;
}

/** Returns what turned and when. Null: a person or AWS itself is the trigger. */
function turnOf(trigger: Trigger | undefined): Turn | null {
  if (trigger?.type === 'alarm') return { of: `Alarm ${trigger.alarm}`, at: trigger.at };
  if (trigger?.type !== 'request' || trigger.automatic !== true) return null;
  return { of: `The alert of ${trigger.by}`, at: trigger.at };
}
