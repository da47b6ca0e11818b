import type { Instant } from '../rollback/request.ts';
import { endOfFreeze, FREEZE_ENDS, readFreezeEnd } from '../targets/freeze-end.ts';
import { problemOfTarget } from '../targets/target.ts';
import { nearest } from './nearest.ts';
import { readWish, withoutBecause } from './wish.ts';

/** A parsed `/rollback …` command. */
export type Asked =
  | { readonly verb: 'list' }
  | { readonly verb: 'status' | 'help' }
  | { readonly verb: 'plan'; readonly target: string; readonly revision?: string; readonly reason: string }
  | { readonly verb: 'freeze'; readonly target: string; readonly reason: string; readonly until?: Instant }
  | { readonly verb: 'pause'; readonly reason: string }
  | { readonly verb: 'resume' }
  | { readonly verb: 'unfreeze' | 'readiness'; readonly target: string }
  /** A command that could not be parsed. `problem` is a sentence, `suggestions` are whole commands. */
  | { readonly verb: 'unclear'; readonly problem: string; readonly suggestions: readonly string[] };

const VERBS = ['status', 'freeze', 'unfreeze', 'pause', 'resume', 'readiness', 'help', 'list'];

/**
 * Reads the text after `/rollback`.
 * @param known targets, for suggestions
 * @param now from which a duration is counted
 */
export function readAsked(text: string, known: readonly string[], now: Instant): Asked {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [typed, ...rest] = words;
  const first = VERBS.find((verb) => isWord(typed, verb)) ?? typed;
  if (first === undefined || first === 'list') return { verb: 'list' };
  if (first === 'help' || first === 'status') return { verb: first };
  if (first === 'pause') return asPause(rest);
  if (first === 'resume') return { verb: 'resume' };
  if (first === 'freeze')
    return withTarget(rest, known, 'freeze ', (target, after) => asFreeze(target, after, now));
  if (first === 'unfreeze')
    return withTarget(rest, known, 'unfreeze ', (target) => ({ verb: 'unfreeze', target }));
  if (first === 'readiness')
    return withTarget(rest, known, 'readiness ', (target) => ({ verb: 'readiness', target }));
  if (STOPS.some((word) => isWord(first, word))) return asStop(first, rest, known);
  const [verb] = first.includes(':') ? [] : nearest(first, VERBS);
  if (verb !== undefined) {
    const suggestions = [[verb, ...rest].join(' ')];
    return { verb: 'unclear', problem: `${first} is neither a target nor a verb.`, suggestions };
  }
  if (problemOfTarget(first) !== null && problemOfTarget(rest[0] ?? '') === null)
    return {
      verb: 'unclear',
      problem: `${first} is neither a target nor a verb.`,
      suggestions: [rest.join(' ')],
    };
  return withTarget(words, known, '', asPlan);
}

/** Words that people type to end a rollback. No verb ends one midway: the target would stay between two revisions. */
const STOPS = ['stop', 'cancel', 'abort', 'halt'];

function asStop(typed: string, [target = '']: readonly string[], known: readonly string[]): Asked {
  const [near] = known.includes(target) || target === '' ? [target] : nearest(target, known);
  const named = near ?? (problemOfTarget(target) === null ? target : '');
  return {
    verb: 'unclear',
    problem: `There is no verb ${typed}. Deny answers a question that waits, a pause holds back every write, and a freeze makes automatic rollbacks of one target ask.`,
    suggestions: ['pause', ...(named === '' ? [] : [`freeze ${named}`])],
  };
}

type Finish = (target: string, rest: readonly string[]) => Asked;

function withTarget(
  words: readonly string[],
  known: readonly string[],
  before: string,
  finish: Finish,
): Asked {
  const [target = '', ...rest] = words;
  if (target === '')
    return {
      verb: 'unclear',
      problem: `After "${before.trim()}" comes a target.`,
      suggestions: nearest('', known).map((one) => `${before}${one}`),
    };
  if (known.includes(target)) return finish(target, rest);
  const problem = problemOfTarget(target);
  const near = nearest(target, known);
  if (problem === null && near.length === 0) return finish(target, rest);
  const says = problem === null ? `${target} is not a known target.` : `The target ${problem}.`;
  const suggestions = near.map((one) => [`${before}${one}`, ...rest].join(' '));
  return { verb: 'unclear', problem: says, suggestions };
}

const UNTIL_WHEN = `A freeze ends "until" ${FREEZE_ENDS}, which is not over. A duration may stand alone. A reason with a number at its beginning comes after "because".`;

/** The most words of an end: `2 hours 30 minutes`. */
const END_WORDS = 4;

/**
 * Reads `until TIME`, `for 2h` or an end alone, all optional, then `because …`. A reason may begin with `for` as well,
 * and with a number only after `because`: it would look like an end that was not taken.
 */
function asFreeze(target: string, rest: readonly string[], now: Instant): Asked {
  const [first = ''] = rest;
  const isUntil = isWord(first, 'until');
  const isLed = isUntil || (isWord(first, 'for') && endIn(rest.slice(1)) !== null);
  const words = isLed ? rest.slice(1) : rest;
  const found = endIn(words);
  const end = found === null ? null : endOfFreeze(found.end, now);
  if (end === null && (isUntil || found !== null || /^\d/.test(first)))
    return { verb: 'unclear', problem: UNTIL_WHEN, suggestions: [] };
  const reason = withoutBecause(words.slice(found?.length ?? 0).join(' '));
  return { verb: 'freeze', target, reason, ...(end !== null && { until: end }) };
}

/** Returns the end with which the words begin, and how many of them it has. */
function endIn(words: readonly string[]) {
  const lengths = Array.from({ length: Math.min(END_WORDS, words.length) }, (_, index) => index + 1);
  const ends = lengths.flatMap((length) => {
    const end = readFreezeEnd(words.slice(0, length).join(' '));
    return end === null ? [] : [{ end, length }];
  });
  return ends.at(-1) ?? null;
}

/** A pause lasts until a person resumes, so an end is refused: it would not come. */
function asPause(rest: readonly string[]): Asked {
  const [first = ''] = rest;
  const words = ['until', 'for'].some((one) => isWord(first, one)) ? rest.slice(1) : rest;
  const found = endIn(words);
  if (found === null && !isWord(first, 'until'))
    return { verb: 'pause', reason: withoutBecause(rest.join(' ')) };
  const because = words.findIndex((word) => isWord(word, 'because'));
  return {
    verb: 'unclear',
    problem: 'A pause has no end: it lasts until `/rollback resume`.',
    suggestions: [['pause', ...(because === -1 ? [] : words.slice(because))].join(' ')],
  };
}

function asPlan(target: string, rest: readonly string[]): Asked {
  const wish = readWish(target, rest);
  return 'problem' in wish ? { verb: 'unclear', ...wish } : { verb: 'plan', target, ...wish };
}

/** People begin a sentence with a capital, and phones do so natively. */
function isWord(word: string | undefined, wanted: string): boolean {
  return word?.toLowerCase() === wanted;
}
