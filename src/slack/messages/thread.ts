import { CAUSE_TITLES } from '../../rollback/evidence.ts';
import { NO_REASON } from '../../rollback/request.ts';
import { confidenceIn } from '../../rollback/verdict.ts';
import type { Detail } from '../../events/details.ts';
import { code, escape, moment, person, prose, sentence } from '../escape.ts';
import type { Part, Story } from '../threads.ts';
import type { Message } from '../web-api.ts';
import { clock, list, note, only, paragraph } from './blocks.ts';
import { accusedOf } from './accused.ts';
import { alarmedOf } from './alarmed.ts';
import { endOf, headlineOf } from './end.ts';
import { heldLine, pausedOf, resumedOf } from './pause.ts';
import { questionOf } from './question.ts';
import { worsenedOf } from './readiness.ts';
import { rejectedOf } from './rejected.ts';
import { stormOf } from './storm.ts';

export type Messages = Partial<Readonly<Record<Exclude<Part, 'picture'>, Message>>>;

/**
 * Returns the messages of a thread. They depend on its story alone, not on the order of its events. Empty while there
 * is nothing worth posting: an alarm on which Lastgood does not act, for example.
 */
export function messagesOf(story: Story): Messages {
  if (story.storm !== undefined) return { root: stormOf(story.storm) };
  if (story.accused !== undefined) return { root: accusedOf(story.accused) };
  if (story.worsened !== undefined) return { root: worsenedOf(story.worsened) };
  if (story.rejected !== undefined) return { root: rejectedOf(story.rejected) };
  if (story.alarmed !== undefined) return { root: alarmedOf(story.alarmed, story.calmed) };
  if (story.paused !== undefined) return { root: pausedOf(story.paused) };
  if (story.resumed !== undefined) return { root: resumedOf(story.resumed) };
  if (!isWorthTelling(story)) return {};
  return {
    root: rootOf(story),
    ...(story.question !== undefined && { question: questionOf(story) }),
    ...((story.held ?? story.stopped ?? story.reverted) !== undefined && { progress: progressOf(story) }),
    ...(story.hindered !== undefined && { hindrance: hindranceOf(story.hindered) }),
    ...(story.ended !== undefined && { end: endOf(story.ended) }),
  };
}

/**
 * Posts a skip only if a person requested the rollback, was asked, or read here that it waits for another look, or if it
 * found another cause.
 */
function isWorthTelling({
  started,
  planned,
  question,
  stopped,
  reverted,
  ended,
  frozen,
  unfrozen,
  held,
}: Story): boolean {
  if ([question, stopped, reverted, frozen, unfrozen, held].some((slice) => slice !== undefined)) return true;
  const { verdict, looks = 1 } = ended?.verdict ?? planned?.verdict ?? {};
  if (looks > 1 || verdict === 'look-again') return true;
  if (ended?.outcome === 'skipped')
    return (
      verdict === 'observe' ||
      verdict === 'ask' ||
      isAsked(started?.trigger.type) ||
      ended.triage !== undefined
    );
  return ended !== undefined || verdict === 'act' || verdict === 'ask';
}

function isAsked(type: string | undefined): boolean {
  return type === 'request' || type === 'rehearsal';
}

function rootOf(story: Story): Message {
  const { started, planned, question, ended, frozen, unfrozen } = story;
  if (frozen !== undefined) return frozenBy(frozen);
  if (unfrozen !== undefined)
    return only(`${person(unfrozen.by)} ended the freeze of ${code(unfrozen.target)}.`);
  const target =
    (started ?? planned ?? question ?? story.stopped ?? story.reverted ?? ended)?.target ?? 'unknown';
  const waiting = waitingOf(story);
  if (waiting !== null) return only(`:eyes: Looking again at ${code(target)} ${waiting}`);
  const headline = `${headlineOf(story)} ${code(target)}`;
  const judged = planned?.verdict.reasons ?? question?.reasons ?? ended?.verdict?.reasons ?? [];
  const requested = started?.requested ?? ended?.requested;
  const against = outweighedIn(planned?.verdict ?? ended?.verdict);
  const reasons = [
    ...judged.filter((one) => !against.includes(one)),
    ...unsaidOf(story, [requested ?? '', ...judged]),
  ];
  const why = requested === NO_REASON && reasons.length > 0 ? undefined : requested;
  const blocks = [
    paragraph(`*${headline}*`),
    ...(why === undefined ? [] : [paragraph(prose(why))]),
    ...(reasons.length === 0 ? [] : [paragraph(list(reasons.map((one) => sentence(one))))]),
    ...(against.length === 0
      ? []
      : [paragraph(`*Against it*\n${list(against.map((one) => sentence(one)))}`)]),
    ...turnOf(story),
    ...routeOf(story),
  ];
  return { text: headline, blocks };
}

/** Where Lastgood acts, the reasons against it stand apart. A question lists first what decides. */
function outweighedIn(verdict: Detail<'Rollback Planned'>['verdict'] | undefined): readonly string[] {
  return verdict?.verdict === 'act' ? (verdict.against ?? []) : [];
}

/** Returns what the lookout saw and is not said yet. A verdict that joins a native rollback does not repeat it. */
function unsaidOf({ started, ended }: Story, said: readonly string[]): readonly string[] {
  const saw = started?.trigger.saw ?? ended?.saw ?? [];
  return saw.filter((one) => !said.some((other) => other.includes(one)));
}

/** Returns one line while the rollback waits for another look, otherwise null. */
function waitingOf({ planned, stopped, reverted, ended }: Story): string | null {
  if (planned?.verdict.verdict !== 'look-again' || (stopped ?? reverted ?? ended) !== undefined) return null;
  const { reasons, lookAgainAt } = planned.verdict;
  const at = lookAgainAt === undefined ? 'soon' : `at ${clock(lookAgainAt)}`;
  return `${at}: ${reasons
    .slice(0, 1)
    .map((one) => sentence(one))
    .join(' ')}`;
}

/** Returns one line while the rollback waits for its turn to write. */
function turnOf({ planned, stopped, reverted, ended }: Story) {
  const turn = planned?.turn;
  if (turn === undefined || (stopped ?? reverted ?? ended) !== undefined) return [];
  const { at, quota, ahead } = turn;
  return [note(`Waits for its turn until ${clock(at)}: ${ahead} calls of ${code(quota)} are ahead.`)];
}

function frozenBy({ by, target, until, reason }: Detail<'Rollback Frozen'>): Message {
  const end = until === undefined ? ' until a person unfreezes it' : ` until ${moment(until)}`;
  return only(`${person(by)} froze ${code(target)}${end}: ${escape(reason)}`);
}

function routeOf({ planned, question, ended }: Story) {
  const { from, to } = planned ?? question ?? ended ?? {};
  const route = from === undefined || to === undefined ? null : `from ${code(from.name)} to ${code(to.name)}`;
  const parts = [
    route,
    confidenceIn(planned?.verdict ?? question ?? ended?.verdict ?? {}),
    ended?.triage === undefined ? null : causeIn(ended.triage),
  ];
  const shown = parts.filter((part) => part !== null).join(' · ');
  return shown === '' ? [] : [note(shown)];
}

/** Names the likely cause; null: none is known. The end says more. */
function causeIn({ cause }: NonNullable<NonNullable<Story['ended']>['triage']>): string | null {
  return cause === 'unknown' ? null : `likely cause: ${CAUSE_TITLES[cause]}`;
}

/** Returns one line per step, in the order of time. */
function progressOf({ stopped, reverted, waiting, ended, held }: Story): Message {
  const times = ended?.times;
  const isGoingOn = reverted !== undefined && held !== undefined && reverted.revertedAt >= held.waitsSince;
  const waited = held && heldLine(held, isGoingOn || ended !== undefined);
  const lines = [
    held?.wrote === false && waited,
    stopped && `${at(stopped.stoppedAt)}${STOPPED[stopped.state]}`,
    ...(reverted?.left ?? []).map(({ name, reason }) => `left ${code(name)}: ${prose(reason)}`),
    reverted &&
      `${at(reverted.revertedAt)}going back, way ${reverted.number} of ${reverted.rungs}: ${escape(reverted.rung.does)}`,
    held?.wrote === true && waited,
    reverted && (waiting ?? ended) === undefined && `it must have settled by ${clock(reverted.settleBy)}`,
    waiting && ended === undefined && waitingLine(waiting),
    times?.settledAt !== undefined && `${at(times.settledAt)}settled`,
    times?.provenAt !== undefined && `${at(times.provenAt)}proven healthy`,
  ].filter((line) => typeof line === 'string');
  return only(list(lines));
}

function waitingLine({ alarms, waitsUntil }: Detail<'Rollback Waiting'>): string {
  const names = alarms.map((name) => code(name)).join(', ');
  return `settled, and all else is healthy. Waits until ${clock(waitsUntil)} for ${names}, which may still count the harm`;
}

/** Returns what hinders the way back: a message of its own, because an update notifies no reader. */
function hindranceOf({ says, rung, settleBy }: Detail<'Rollback Hindered'>): Message {
  return only(
    `:warning: The way back (${escape(rung.does)}) does not go on. ${escape(says)} Lastgood waits until ${clock(settleBy)}.`,
  );
}

const STOPPED = {
  stopped: 'the rollout is stopped',
  reverting: 'the rollout is stopped, and AWS goes back natively',
  'not-running': 'no rollout was in flight',
  'left-to-revert': 'the rollout is not stopped, because the way back supersedes it',
} as const;

function at(instant: string | undefined): string {
  return instant === undefined ? '' : `${clock(instant)} `;
}
