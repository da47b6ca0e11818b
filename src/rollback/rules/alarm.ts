import type { Deployment } from '../plan.ts';
import type { AlarmTrigger, Instant, Trigger } from '../request.ts';
import type { Settings } from '../settings.ts';
import type { Facts, StateChange } from '../facts.ts';
import { after, isAfter, secondsBetween } from '../time.ts';
import { redBetween, stateAt } from './alarm-history.ts';
import { act, ask, inMinutes, skip, type Finding, type Rule } from './rule.ts';

/**
 * An alarm that is older than this when we take it up says nothing about now. Teletraan of Pinterest, which has rolled
 * back by alerts for years, goes by the same five minutes: https://github.com/pinterest/teletraan/pull/529
 */
export const MOST_AGE_SECONDS = 300;

/**
 * So many others that alarm together speak for a common cause. Nobody has published a measured threshold. Ours: five,
 * because one bad release rarely takes four neighbours with it, and being asked once too often costs less than rolling
 * back a fleet for what its network did.
 */
export const MANY_OTHERS = 5;

/** How far from our alarm another one may have turned to count as the same moment. */
const SAME_MOMENT_SECONDS = 300;

/** A rule about the alarm that triggered us; it has nothing to say about other triggers. */
type AlarmRule = (trigger: AlarmTrigger, facts: Facts, settings: Settings) => Finding | null;

const onAlarm =
  (rule: AlarmRule): Rule =>
  (facts, settings) =>
    facts.request.trigger?.type === 'alarm' ? rule(facts.request.trigger, facts, settings) : null;

export const isFresh: Rule = onAlarm(({ alarm, at }, { takenUpAt }) => {
  const age = secondsBetween(at, takenUpAt);
  if (age <= MOST_AGE_SECONDS) return null;
  return skip(
    `Alarm ${alarm} turned ${inMinutes(age)} before we learned of it; nothing older than ${inMinutes(MOST_AGE_SECONDS)} is acted on.`,
  );
});

/** Anybody who may call SetAlarmState could have sent it. */
export const isGenuine: Rule = onAlarm(({ alarm, forged }) =>
  forged === undefined ? null : ask(`Alarm ${alarm} may have been set by hand: ${forged}.`),
);

/** The deployment is suspected only if the alarm or alert turned while it ran, or within the window after its end. */
export const isNear: Rule = ({ request, plan: { deployment } }, { windowMinutes }) => {
  const suspicion = suspicionOf(request.trigger);
  if (suspicion === null) return null;
  const { what, at } = suspicion;
  if (deployment === undefined)
    return skip(`${what} turned, and no deployment of ${request.target} is known.`);
  const { startedAt, revision } = deployment;
  if (isAfter(startedAt, at)) {
    const before = inMinutes(secondsBetween(at, startedAt));
    return skip(`${what} turned ${before} before the deployment of ${revision.name} began.`);
  }
  const since = secondsBetween(endOf(deployment) ?? at, at);
  if (since <= windowMinutes * 60) {
    const after = inMinutes(secondsBetween(startedAt, at));
    return act(`${what} turned ${after} after the deployment of ${revision.name} began.`);
  }
  return skip(
    `${what} turned ${inMinutes(since)} after the deployment of ${revision.name} had ended; the window is ${inMinutes(windowMinutes * 60)}.`,
  );
};

/** What turned, and when; null where a person or AWS itself is the trigger. */
function suspicionOf(trigger: Trigger | undefined): { readonly what: string; readonly at: Instant } | null {
  if (trigger?.type === 'alarm') return { what: `Alarm ${trigger.alarm}`, at: trigger.at };
  if (trigger?.type === 'request' && trigger.automatic)
    return { what: `The alert of ${trigger.by}`, at: trigger.at };
  return null;
}

/** An alarm that was red before, or that comes and goes, does not speak against the deployment. */
export const wasQuiet: Rule = onAlarm((trigger, { history, plan: { deployment } }, { windowMinutes }) => {
  const { alarm } = trigger;
  if (deployment === undefined) return null;
  if (!history.known)
    return ask(`Whether alarm ${alarm} was quiet before the deployment is not known: ${history.why}.`);
  const changes = withTrigger(history.is, trigger);
  const { startedAt, revision } = deployment;
  switch (stateAt(changes, startedAt)) {
    case 'ALARM':
      return skip(`Alarm ${alarm} was red already when the deployment of ${revision.name} began.`);
    case 'OK':
      return wasSteady(alarm, changes, startedAt, windowMinutes);
    default:
      return ask(
        `Alarm ${alarm} had no state when the deployment of ${revision.name} began, so nobody can say that it was quiet; it may help to treat missing data as not breaching.`,
      );
  }
});

/** Trouble that many unrelated targets have at the same time was not made by a deployment of one of them. */
export const isAlone: Rule = onAlarm(({ at }, { others }) => {
  if (!others.known) return ask(`What else is in alarm is not known: ${others.why}.`);
  const together = others.is.filter((other) => Math.abs(secondsBetween(other.at, at)) <= SAME_MOMENT_SECONDS);
  const { length } = together;
  if (length < MANY_OTHERS) return null;
  const names = together.slice(0, MANY_OTHERS).map(({ about }) => about);
  return ask(
    `${length} others that have nothing to do with it turned to alarm at the same time (${names.join(', ')}), which speaks for a common cause.`,
  );
});

function wasSteady(
  alarm: string,
  changes: readonly StateChange[],
  startedAt: Instant,
  windowMinutes: number,
): Finding {
  const lookedFrom = after(startedAt, -windowMinutes * 60);
  return redBetween(changes, lookedFrom, startedAt)
    ? ask(
        `Alarm ${alarm} had been red within the ${inMinutes(windowMinutes * 60)} before the deployment began: it may be flapping.`,
      )
    : act(`Alarm ${alarm} was quiet before the deployment began.`);
}

/** The turn that triggered us may not have reached the history yet, and is then all that tells the state before it. */
function withTrigger(
  changes: readonly StateChange[],
  { at, previously }: AlarmTrigger,
): readonly StateChange[] {
  return previously === undefined ? changes : [...changes, { at, from: previously, to: 'ALARM' }];
}

/** When it ended; null while it is in flight. */
function endOf({ state, startedAt, finishedAt }: Deployment): Instant | null {
  return state === 'in-flight' || state === 'rolling-back' ? null : (finishedAt ?? startedAt);
}
