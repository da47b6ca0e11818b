import type { Facts } from './facts.ts';
import type { Instant } from './request.ts';
import { isAlone, isFresh, isGenuine, isNear, wasQuiet } from './rules/alarm.ts';
import { answered, isSeenByTwo, isWhatWasShown, unanswered } from './rules/agreed.ts';
import { wasAsked } from './rules/asked.ts';
import { isReversible, leadsToGood } from './rules/barriers.ts';
import { stillFailed } from './rules/deployment.ts';
import { isNotFrozen } from './rules/freeze.ts';
import { isCool, isFirstForRevision, isNoLeftover, isNoRollback } from './rules/loops.ts';
import { isOptedIn, mayJoin } from './rules/opt-in.ts';
import { hasSomethingToDo } from './rules/plan.ts';
import { isStalled } from './rules/stalled.ts';
import { isNotUndone } from './rules/superseded.ts';
import { ask, type Finding, type Rule } from './rules/rule.ts';
import { readSettings, type Settings } from './settings.ts';
import type { Verdict } from './verdict.ts';

/** In the order in which a person would ask. None hides another: the strictest answer counts, whoever gives it. */
const RULES: readonly Rule[] = [
  hasSomethingToDo,
  isOptedIn,
  // Was it the deployment?
  isFresh,
  isGenuine,
  isNear,
  wasQuiet,
  isAlone,
  stillFailed,
  isStalled,
  wasAsked,
  isNotUndone,
  // May we, all the same?
  isNoRollback,
  isNoLeftover,
  isFirstForRevision,
  isCool,
  isNotFrozen,
  isReversible,
  leadsToGood,
  isWhatWasShown,
  isSeenByTwo,
];

/** From the mildest to the strictest. */
const STRICTNESS = ['act', 'ask', 'observe', 'skip'] as const;

/**
 * Was it the deployment, and may we act? The strictest finding decides, so a further fact that speaks against acting
 * can only make the verdict stricter.
 * @throws InvalidTag when a `lastgood:*` tag of the target has a value out of its range
 */
export function judge(facts: Facts, now: Instant): Verdict {
  const settings = readSettings(facts.plan.tags);
  const rules = facts.plan.state === 'join' ? [mayJoin] : RULES;
  const findings = rules.map((rule) => rule(facts, settings)).filter((finding) => finding !== null);
  return verdictOf(unanswered(answered(findings, facts, settings), facts, settings), settings, now);
}

/** What decided comes first, then what else was found; who skips needs no more than what decided. */
function verdictOf(findings: readonly Finding[], settings: Settings, now: Instant): Verdict {
  const found = findings.length > 0 ? findings : [ask('Nothing is known that speaks for going back.')];
  const verdict = STRICTNESS.findLast((one) => found.some(({ says }) => says === one)) ?? 'ask';
  const told = strictestFirst(found).filter(({ says }) => verdict !== 'skip' || says === 'skip');
  const reasons = told.map(({ because }) => because);
  if (verdict === 'act') return { verdict, at: now, reasons };
  const against = told.filter(({ says }) => says !== 'act').map(({ because }) => because);
  if (verdict !== 'ask') return { verdict, at: now, reasons, against };
  const countdownSeconds = settings.countdownMinutes * 60;
  return { verdict, at: now, reasons, against, countdownSeconds, onSilence: onSilence(found, settings) };
}

/** A question that was raised by doubt is not answered by silence. */
function onSilence(found: readonly Finding[], settings: Settings): 'go' | 'stay' {
  const inDoubt = found.some(({ says, silenceMayMeanGo }) => says === 'ask' && silenceMayMeanGo !== true);
  return inDoubt ? 'stay' : settings.onSilence;
}

function strictestFirst(found: readonly Finding[]): readonly Finding[] {
  return STRICTNESS.toReversed().flatMap((level) => found.filter(({ says }) => says === level));
}
