import { arnLike, glob, type Matches } from './patterns.ts';

/** A condition operator's test of one value of the policy. */
export interface Operator {
  /** @throws Error when the policy's value is not of the operator's type */
  readonly matches: (asked: string) => Matches;
  /** A negated operator holds if no value of the policy matches, and if the key is absent. */
  readonly negated: boolean;
}

type Compares = Operator['matches'];

const equals: Compares = (asked) => (given) => given === asked;
const equalsIgnoringCase: Compares = (asked) => (given) => given.toLowerCase() === asked.toLowerCase();

/**
 * The modelled condition operators. Date and IP address operators are not modelled: the embedded AWS has no keys of
 * time or address.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', is(equals)],
  ['StringNotEquals', isNot(equals)],
  ['StringEqualsIgnoreCase', is(equalsIgnoringCase)],
  ['StringNotEqualsIgnoreCase', isNot(equalsIgnoringCase)],
  ['StringLike', is((asked) => glob(asked))],
  ['StringNotLike', isNot((asked) => glob(asked))],
  // AWS documents that Equals and Like are identical for ARNs.
  ['ArnEquals', is(arnLike)],
  ['ArnLike', is(arnLike)],
  ['ArnNotEquals', isNot(arnLike)],
  ['ArnNotLike', isNot(arnLike)],
  ['NumericEquals', is(numeric((given, asked) => given === asked))],
  ['NumericNotEquals', isNot(numeric((given, asked) => given === asked))],
  ['NumericLessThan', is(numeric((given, asked) => given < asked))],
  ['NumericLessThanEquals', is(numeric((given, asked) => given <= asked))],
  ['NumericGreaterThan', is(numeric((given, asked) => given > asked))],
  ['NumericGreaterThanEquals', is(numeric((given, asked) => given >= asked))],
  ['Bool', is((asked) => equalsIgnoringCase(String(truthOf(asked))))],
]);

function is(matches: Compares): Operator {
  return { matches, negated: false };
}

function isNot(matches: Compares): Operator {
  return { matches, negated: true };
}

/** Parses `true` or `false` for the operators Bool and Null. */
export function truthOf(asked: string): boolean {
  if (asked !== 'true' && asked !== 'false') throw new Error(`${asked} is neither true nor false`);
  return asked === 'true';
}

/**
 * Compares numbers. A value that is not a number matches nothing, so the negated operator holds; AWS does not document
 * it.
 */
function numeric(compare: (given: number, asked: number) => boolean): Compares {
  return (text) => {
    const asked = numberOf(text);
    if (Number.isNaN(asked)) throw new Error(`${text} is not a number`);
    return (given) => compare(numberOf(given), asked);
  };
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
