import { blameIn, type Weights } from './clues/weigh.ts';
import { sceneOf } from './clues/scene.ts';
import type { Facts } from './facts.ts';
import type { Plan } from './plan.ts';
import { rehearsalOf, type Instant } from './request.ts';
import { hasAllAlarms } from './rules/absent-alarms.ts';
import { firedNotBefore, firesAlone } from './rules/alerts.ts';
import { answered, hasTwoPeople, isNotLetGoTwice, isWhatWasShown, unanswered } from './rules/agreed.ts';
import { wasAsked } from './rules/asked.ts';
import { endsTheFault, isReversible, leadsToGood } from './rules/barriers.ts';
import { isToBlame, lasts, stillHurts, wasAlone } from './rules/confidence.ts';
import { stillFailed } from './rules/deployment.ts';
import { isNoFix } from './rules/fix.ts';
import { isNotFrozen } from './rules/freeze.ts';
import { isCool, isFirstForRevision, isNoLeftover, isNoRollback, isNotDenied } from './rules/loops.ts';
import { isOptedIn, mayJoin } from './rules/opt-in.ts';
import { needsNothingBack, needsNothingNewer, needsNothingRed } from './rules/needed.ts';
import { hasSomethingToDo, isMadeForSuspect } from './rules/plan.ts';
import { isWantedToRun } from './rules/wanted.ts';
import { wasOkBefore } from './rules/ok-before.ts';
import type { Case, Finding, Rule } from './rules/rule.ts';
import { endsWithoutUs } from './rules/replaced.ts';
import { isNoRehearsal, rulesOfRehearsal } from './rules/rehearsal.ts';
import { hasNoCommonCause, isOutsideStorm } from './rules/storm.ts';
import { isAccused, isNotCutShort } from './rules/lookout.ts';
import { isStalled } from './rules/stalled.ts';
import { isOutsideUpdates } from './rules/stack.ts';
import { isNotUndone, isNoWayBack } from './rules/superseded.ts';
import { isAboutWhatRuns, isActing, isFresh, isGenuine, isNear, sawItBegin } from './rules/trigger.ts';
import { rehearsalDuring, withRehearsals } from './rehearsed.ts';
import { ranAlready } from './rules/sights.ts';
import { isNoSlowStart, outlastsRollout } from './rules/rollout.ts';
import { showsHarm } from './rules/scaling.ts';
import { accusesOne } from './rules/which-target.ts';
import { readSettings, type Settings } from './settings.ts';
import { LOOK_AGAIN_SECONDS, MAX_SECOND_LOOKS, soonAfter, untilEvaluated, type Verdict } from './verdict.ts';

/**
 * The rules, in the order in which an operator would ask. All of them count: the strictest finding decides. A button in
 * Slack holds the names of those that ask.
 */
const RULES: Readonly<Record<string, Rule>> = {
  hasSomethingToDo,
  endsWithoutUs,
  isOptedIn,
  isWantedToRun,
  // Did the deployment cause the harm?
  isFresh,
  showsHarm,
  isGenuine,
  isActing,
  isNear,
  sawItBegin,
  ranAlready,
  wasOkBefore,
  isOutsideStorm,
  hasNoCommonCause,
  isToBlame,
  lasts,
  stillHurts,
  outlastsRollout,
  isNoSlowStart,
  wasAlone,
  needsNothingRed,
  needsNothingBack,
  needsNothingNewer,
  accusesOne,
  firedNotBefore,
  firesAlone,
  stillFailed,
  isStalled,
  isAccused,
  isNotCutShort,
  wasAsked,
  isAboutWhatRuns,
  // May Lastgood act?
  isMadeForSuspect,
  isNotUndone,
  isNoFix,
  isNoWayBack,
  isNoRehearsal,
  isNoRollback,
  isNoLeftover,
  isFirstForRevision,
  isCool,
  isNotDenied,
  isNotFrozen,
  isOutsideUpdates,
  isReversible,
  leadsToGood,
  endsTheFault,
  isWhatWasShown,
  isNotLetGoTwice,
  hasTwoPeople,
  hasAllAlarms,
};

/** From the mildest to the strictest. */
const STRICTNESS = ['act', 'ask', 'observe', 'skip'] as const;

/**
 * Judges whether the deployment caused the harm, and whether Lastgood may act. The strictest finding decides, so a
 * further fact that speaks against acting can only make the verdict stricter.
 * @param weights the weight of each clue; only measurements pass others than the fitted ones
 * @throws InvalidTag when a `lastgood:*` tag of the target has a value out of its range
 */
export function judge(found: Facts, now: Instant, weights?: Weights): Verdict {
  const facts = { ...found, plan: withRehearsals(found.plan, found.earlier) };
  const settings = readSettings(facts.plan.tags);
  const scene = sceneOf(facts, now);
  const canBlame = scene !== null && scene.onset.unseenBefore === undefined;
  const one: Case = { facts, settings, scene, blame: canBlame ? blameIn(scene, weights) : null };
  const findings = findingsOf(one);
  const open = unanswered(answered(findings, facts, settings), facts, settings);
  const verdict = { ...verdictOf(open, one, now), ...asksIn(findings) };
  if (verdict.verdict !== 'ask' || !open.some(({ inStorm }) => inStorm)) return verdict;
  const alone = open.filter(({ inStorm }) => inStorm !== true);
  return verdictOf(alone, one, now).verdict === 'act' ? { ...verdict, own: true } : verdict;
}

function findingsOf(one: Case): readonly Finding[] {
  const { facts } = one;
  const rules = rulesOfRehearsal(facts) ?? (facts.plan.state === 'join' ? { mayJoin } : RULES);
  return Object.entries(rules).flatMap(([name, rule]) =>
    [rule(one) ?? []].flat().map((finding) => ({ ...finding, rule: name })),
  );
}

/** Names the rules that ask. An answer does not change them, so that the next judgement knows what was answered. */
function asksIn(found: readonly Finding[]): Pick<Verdict, 'asks'> {
  const asks = new Set(
    found.flatMap(({ says, rule }) => (says === 'ask' && rule !== undefined ? [rule] : [])),
  );
  return asks.size === 0 ? {} : { asks: [...asks] };
}

/** Lists the deciding findings first, then the others. A skip lists only the deciding ones. */
function verdictOf(found: readonly Finding[], one: Case, now: Instant): Verdict {
  const verdict = strictestOf(found);
  const listed = strictestFirst(found).filter(({ says }) => verdict !== 'skip' || says === 'skip');
  const reasons = listed.map(({ because }) => because);
  const against = listed.filter(speaksAgainst).map(({ because }) => because);
  const about = { at: now, reasons, ...harmIn(one), ...rehearsedIn(one) };
  switch (verdict) {
    case 'act':
      return { verdict, ...about, ...(against.length > 0 && { against }), ...confidenceIn(one) };
    case 'ask':
      return asking(found, { ...about, against, ...confidenceIn(one) }, one);
    case 'observe':
      return { verdict, ...about, against };
    case 'skip':
      return {
        verdict,
        ...about,
        against,
        ...culpritIn(found),
        ...changeIn(found),
        ...setAsideIn(found),
        ...overIn(found),
      };
  }
}

function speaksAgainst({ says, isOutweighed }: Finding): boolean {
  return says !== 'act' || isOutweighed === true;
}

type Question = Extract<Verdict, { verdict: 'ask' }>;

/** Looks again before it asks, if time alone may answer every question. */
function asking(
  found: readonly Finding[],
  about: Omit<Question, 'verdict' | 'countdownSeconds' | 'onSilence'>,
  { facts, settings }: Case,
): Verdict {
  const looks = facts.looks ?? 0;
  const questions = found.filter(({ says }) => says === 'ask');
  if (timeMayTell(questions, facts.plan) && looks < MAX_SECOND_LOOKS && facts.isLastLook !== true)
    return {
      verdict: 'look-again',
      ...about,
      lookAgainInSeconds: waitFor(questions, about.at, facts.request),
      looks: looks + 1,
    };
  return {
    verdict: 'ask',
    ...about,
    countdownSeconds: settings.countdownMinutes * 60,
    onSilence: onSilence(found, settings),
  };
}

/**
 * Says whether time alone may answer. Without a way back no person is asked, so only the end of the harm is waited for,
 * where a newer deployment may be the fix.
 */
function timeMayTell(questions: readonly Finding[], plan: Plan): boolean {
  if (plan.state === 'no-way-back') return plan.suspect !== undefined;
  return plan.state === 'ready' && questions.every(({ timeMayTell: may }) => may === true);
}

function waitFor(questions: readonly Finding[], now: Instant, { trigger }: Facts['request']): number {
  if (!questions.every(({ soon }) => soon === true)) return LOOK_AGAIN_SECONDS;
  return trigger?.type === 'alarm'
    ? Math.max(soonAfter(now), untilEvaluated(trigger.at, now))
    : soonAfter(now);
}

function harmIn({ scene }: Case): Pick<Verdict, 'since'> {
  return scene === null ? {} : { since: scene.onset };
}

function confidenceIn({ blame }: Case): Pick<Question, 'confidence'> {
  return blame === null ? {} : { confidence: Math.round(blame.confidence * 100) / 100 };
}

/** Says whether the way back of a rehearsal deployed what the plan goes back from. */
function rehearsedIn({ facts: { request, plan, earlier } }: Case): Pick<Verdict, 'afterRehearsal'> {
  const { deployment } = plan;
  const isGone = 'from' in plan && deployment?.revision.id === plan.from.id;
  if (!isGone || deployment.isRehearsal !== true || rehearsalOf(request) !== null) return {};
  return rehearsalDuring(deployment, earlier)?.rehearsal === 'back' ? { afterRehearsal: true } : {};
}

function overIn(found: readonly Finding[]): Pick<Verdict, 'isOver'> {
  return found.some(({ isOver }) => isOver === true) ? { isOver: true } : {};
}

function culpritIn(found: readonly Finding[]): Pick<Verdict, 'culprit'> {
  const culprit = found.find((finding) => finding.culprit !== undefined)?.culprit;
  return culprit === undefined ? {} : { culprit };
}

function changeIn(found: readonly Finding[]): Pick<Verdict, 'change'> {
  const change = found.find((finding) => finding.change !== undefined)?.change;
  return change === undefined ? {} : { change };
}

function setAsideIn(found: readonly Finding[]): Pick<Verdict, 'setAside'> {
  const alarms = found.flatMap(({ setsAside }) => setsAside ?? []);
  return alarms.length === 0 ? {} : { setAside: alarms };
}

/** Returns what silence means. It does not answer a question that doubt raised. */
function onSilence(found: readonly Finding[], settings: Settings): 'go' | 'stay' {
  const inDoubt = found.some(({ says, silenceMayMeanGo }) => says === 'ask' && silenceMayMeanGo !== true);
  return inDoubt ? 'stay' : settings.onSilence;
}

function strictestOf(found: readonly Finding[]): Finding['says'] {
  const someSay = (level: Finding['says']) => found.some(({ says }) => says === level);
  if (someSay('skip')) return 'skip';
  if (someSay('observe')) return 'observe';
  // Without a finding there is no reason to act.
  return someSay('act') && !someSay('ask') ? 'act' : 'ask';
}

function strictestFirst(found: readonly Finding[]): readonly Finding[] {
  return STRICTNESS.toReversed().flatMap((level) => found.filter(({ says }) => says === level));
}
