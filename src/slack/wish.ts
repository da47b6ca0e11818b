import { spellingOf } from '../ledger/spelling.ts';
import { NO_REASON } from '../rollback/request.ts';

/** A rollback as a person typed it: `to REVISION`, then `because …`. Both are optional. */
export type Wish =
  | { readonly revision?: string; readonly reason: string }
  /** `problem` is a sentence, `suggestions` are whole commands. */
  | { readonly problem: string; readonly suggestions: readonly string[] };

const TO = /^(?:to|->|→):?$/i;

/** People begin a sentence with a capital, and phones do so natively. */
const BECAUSE = /^because[:,]?$/i;

/** Words that people put before a revision. */
const BESIDE = /^(?:the|version|revision|release|tag)$/i;

/** Reads the words after a target. A text never becomes a reason where its words name a revision. */
export function readWish(target: string, words: readonly string[]): Wish {
  const [first = '', ...after] = words;
  if (!TO.test(first)) return withReason(target, [], words);
  if (after.length === 0) return { problem: `After "${first}" comes a revision.`, suggestions: [] };
  if (BESIDE.test(after[0] ?? '')) return withReason(target, [], words);
  const length = lengthOfRevision(target, after);
  return withReason(target, after.slice(0, length), after.slice(length));
}

function withReason(target: string, named: readonly string[], rest: readonly string[]): Wish {
  const revision = named.map(bare).join(' ');
  const [first = ''] = rest;
  if (rest.length === 0 || BECAUSE.test(first))
    return { ...(revision !== '' && { revision }), reason: withoutBecause(rest.join(' ')) };
  const meant = revision === '' ? meantBy(target, rest) : ['to', revision, 'because', ...rest];
  return {
    problem: `After the target comes "to REVISION" or "because …", not ${first}.`,
    suggestions: [[target, ...meant].join(' ')],
  };
}

/** Returns the words in the order that Lastgood reads. */
function meantBy(target: string, words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => BECAUSE.test(word));
  const [before, reason] = end === -1 ? [words, []] : [words.slice(0, end), words.slice(end)];
  const to = before.findIndex((word) => TO.test(word));
  const named = before.slice(to + 1).filter((word) => !BESIDE.test(word));
  const mayName = to !== -1 || named.length === 1;
  if (!mayName || !isLikeRevision(named[0])) return ['because', ...words];
  const length = lengthOfRevision(target, named);
  const others = reason.length > 0 || named.length === length ? reason : ['because', ...named.slice(length)];
  return ['to', ...named.slice(0, length).map(bare), ...others];
}

/** All revisions have a number, or parts that one of these signs joins. */
function isLikeRevision(word = ''): boolean {
  return /\d|\S[:=/@]\S/.test(word);
}

/** Returns how many of these words name the revision. */
function lengthOfRevision(target: string, words: readonly string[]): number {
  const [found] = spellingOf(target)?.severalWords?.exec(words.map(bare).join(' ')) ?? [];
  return found === undefined ? 1 : found.split(' ').length;
}

/** Returns a word without the marks that people put around a name and after it. */
function bare(word: string): string {
  return word.replace(/^["'`‘“]+|["'`’”]*[,;]?$/g, '');
}

/** Returns the reason; a text without words is none. */
export function withoutBecause(words: string): string {
  const reason = words.replace(/^because\b[:,]?\s*/i, '').slice(0, 1000);
  return reason === '' ? NO_REASON : reason;
}
