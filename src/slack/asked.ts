import { NO_REASON, type Instant } from '../rollback/request.ts';
import { endOfFreeze, FREEZE_ENDS, readFreezeEnd } from '../targets/freeze-end.ts';
import { problemOfTarget } from '../targets/target.ts';
import { nearest } from './nearest.ts';

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
  if (first === 'pause') return { verb: 'pause', reason: withoutBecause(rest.join(' ')) };
  if (first === 'resume') return { verb: 'resume' };
  if (first === 'freeze')
    return withTarget(rest, known, 'freeze ', (target, after) => asFreeze(target, after, now));
  if (first === 'unfreeze')
    return withTarget(rest, known, 'unfreeze ', (target) => ({ verb: 'unfreeze', target }));
  if (first === 'readiness')
    return withTarget(rest, known, 'readiness ', (target) => ({ verb: 'readiness', target }));
  const [verb] = first.includes(':') ? [] : nearest(first, VERBS);
  if (verb !== undefined) {
    const suggestions = [[verb, ...rest].join(' ')];
    return { verb: 'unclear', problem: `${first} is neither a target nor a verb.`, suggestions };
  }
  return withTarget(words, known, '', asPlan);
}

type Finish = (target: string, rest: readonly string[]) => Asked;

function withTarget(
  words: readonly string[],
  known: readonly string[],
  before: string,
  finish: Finish,
): Asked {
  const [target = '', ...rest] = words;
  if (known.includes(target)) return finish(target, rest);
  const problem = problemOfTarget(target);
  const near = nearest(target, known);
  if (problem === null && near.length === 0) return finish(target, rest);
  const says = problem === null ? `${target} is not a known target.` : `The target ${problem}.`;
  const suggestions = near.map((one) => [`${before}${one}`, ...rest].join(' '));
  return { verb: 'unclear', problem: says, suggestions };
}

const UNTIL_WHEN = `A freeze ends "until" ${FREEZE_ENDS}, which is not over. A duration may stand alone.`;

/** Reads `until TIME`, `for 2h` or an end alone, all optional, then `because …`. A reason may begin with `for` as well. */
function asFreeze(target: string, rest: readonly string[], now: Instant): Asked {
  const [first = '', second = ''] = rest;
  const isUntil = isWord(first, 'until');
  const isLed = isUntil || (isWord(first, 'for') && readFreezeEnd(second) !== null);
  const read = readFreezeEnd(isLed ? second : first);
  const end = read === null ? null : endOfFreeze(read, now);
  if ((isUntil || read !== null) && end === null)
    return { verb: 'unclear', problem: UNTIL_WHEN, suggestions: [] };
  const words = end === null ? rest : rest.slice(isLed ? 2 : 1);
  const reason = withoutBecause(words.join(' '));
  return { verb: 'freeze', target, reason, ...(end !== null && { until: end }) };
}

/** Reads `to REVISION`, then `because …`. Both are optional. */
function asPlan(target: string, rest: readonly string[]): Asked {
  const [to, revision, ...after] = rest;
  const wish = isWord(to, 'to') && revision !== undefined ? { revision } : {};
  const words = 'revision' in wish ? after : rest;
  if (words.length > 0 && !isWord(words[0], 'because')) {
    const suggestion = [target, ...('revision' in wish ? ['to', wish.revision] : []), 'because', ...words];
    const problem = `After the target comes "to REVISION" or "because …", not ${words[0] ?? ''}.`;
    return { verb: 'unclear', problem, suggestions: [suggestion.join(' ')] };
  }
  return { verb: 'plan', target, ...wish, reason: withoutBecause(words.join(' ')) };
}

/** People begin a sentence with a capital, and phones do so natively. */
function isWord(word: string | undefined, wanted: string): boolean {
  return word?.toLowerCase() === wanted;
}

function withoutBecause(words: string): string {
  const reason = words.replace(/^because\b\s*/i, '').slice(0, 1000);
  return reason === '' ? NO_REASON : reason;
}
