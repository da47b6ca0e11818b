import { readOperand, readPath, type Given, type Operand } from './operand.ts';
import { Tokens } from './tokens.ts';
import { compared, isEqual, type Item, type Value } from './value.ts';

/** Returns whether an item meets a condition. */
export type Condition = (item: Item, given: Given) => boolean;

const known = new Map<string, Condition>();

/**
 * Parses a condition or a filter: comparisons, BETWEEN, `attribute_exists`, `attribute_not_exists`, `begins_with` and `size`, with
 * AND, OR and parentheses. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 * @throws Error on an unsupported expression
 */
export function conditionOf(text: string): Condition {
  const before = known.get(text);
  if (before !== undefined) return before;
  const tokens = new Tokens(text);
  const condition = readOr(tokens);
  tokens.end();
  known.set(text, condition);
  return condition;
}

function readOr(tokens: Tokens): Condition {
  const first = readAnd(tokens);
  if (!tokens.takeIf('OR')) return first;
  const other = readOr(tokens);
  return (item, given) => first(item, given) || other(item, given);
}

function readAnd(tokens: Tokens): Condition {
  const first = readTerm(tokens);
  if (!tokens.takeIf('AND')) return first;
  const other = readAnd(tokens);
  return (item, given) => first(item, given) && other(item, given);
}

function readTerm(tokens: Tokens): Condition {
  if (!tokens.takeIf('(')) return readSingle(tokens);
  const inner = readOr(tokens);
  tokens.expect(')');
  return inner;
}

function readSingle(tokens: Tokens): Condition {
  for (const [word, exists] of [
    ['attribute_exists', true],
    ['attribute_not_exists', false],
  ] as const) {
    if (!tokens.takeIf(word)) continue;
    tokens.expect('(');
    const path = readPath(tokens);
    tokens.expect(')');
    return (item, given) => (path(item, given) !== undefined) === exists;
  }
  return tokens.takeIf('begins_with') ? readPrefix(tokens) : readComparison(tokens);
}

/** Parses the arguments of `begins_with`. A missing attribute and one that is no text begin with nothing. */
function readPrefix(tokens: Tokens): Condition {
  tokens.expect('(');
  const of = readOperand(tokens);
  tokens.expect(',');
  const prefix = readOperand(tokens);
  tokens.expect(')');
  return (item, given) => {
    const [text, start] = [of(item, given), prefix(item, given)];
    return typeof text === 'string' && typeof start === 'string' && text.startsWith(start);
  };
}

const COMPARISONS: Readonly<Record<string, (one: Value, other: Value) => boolean>> = {
  '=': isEqual,
  '<>': (one, other) => !isEqual(one, other),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
};

/** Parses a comparison. With a missing attribute it is false, except `<>`, which is true. */
function readComparison(tokens: Tokens): Condition {
  const one = readSized(tokens);
  if (tokens.takeIf('BETWEEN')) return readBetween(one, tokens);
  const word = tokens.take();
  const compare = COMPARISONS[word] ?? tokens.refuse(`${word} is no comparison`);
  const other = readSized(tokens);
  return (item, given) => {
    const [left, right] = [one(item, given), other(item, given)];
    return left === undefined || right === undefined ? word === '<>' : compare(left, right);
  };
}

/** Parses the limits of BETWEEN, which are both inside. A missing attribute is between none. */
function readBetween(of: Operand, tokens: Tokens): Condition {
  const from = readSized(tokens);
  tokens.expect('AND');
  const to = readSized(tokens);
  const isOrdered = ordered((order) => order <= 0);
  return (item, given) => {
    const [least, value, most] = [from(item, given), of(item, given), to(item, given)];
    if (least === undefined || value === undefined || most === undefined) return false;
    return isOrdered(least, value) && isOrdered(value, most);
  };
}

function ordered(is: (order: number) => boolean): (one: Value, other: Value) => boolean {
  return (one, other) => {
    const order = compared(one, other);
    return order !== null && is(order);
  };
}

function readSized(tokens: Tokens): Operand {
  if (!tokens.takeIf('size')) return readOperand(tokens);
  tokens.expect('(');
  const of = readOperand(tokens);
  tokens.expect(')');
  return (item, given) => sizeOf(of(item, given));
}

/** Returns the length of a text, or the number of elements of a list or map. No other type has a size. */
function sizeOf(value: Value | undefined): number | undefined {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.keys(value).length;
}
