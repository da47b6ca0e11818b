import { readName, readPlainOperand, type Given, type Name, type Operand } from './operand.ts';
import { Tokens } from './tokens.ts';
import { copied, typeOf, type Item } from './value.ts';

/** Returns the updated item. */
export type Update = (item: Item, given: Given) => Item;

interface Assignment {
  readonly name: Name;
  readonly value: Operand;
}

const known = new Map<string, Update>();

/**
 * Parses an update: `SET` with values, `if_not_exists` and `list_append`, `REMOVE`, and `ADD` of numbers.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 * @throws Error on an unsupported expression
 */
export function updateOf(text: string): Update {
  const before = known.get(text);
  if (before !== undefined) return before;
  const update = read(new Tokens(text));
  known.set(text, update);
  return update;
}

function read(tokens: Tokens): Update {
  const set: Assignment[] = [];
  const remove: Name[] = [];
  const add: Assignment[] = [];
  while (tokens.peek() !== '') {
    if (tokens.takeIf('SET')) set.push(...listOf(tokens, readAssignment));
    else if (tokens.takeIf('REMOVE')) remove.push(...listOf(tokens, readName));
    else if (tokens.takeIf('ADD')) add.push(...listOf(tokens, readAddition));
    else tokens.refuse(`${tokens.peek()} is no clause`);
  }
  // Every value is the item's before the update.
  return (item, given) => {
    const values = set.map(({ name, value }) => [name(given), valueFor(value, item, given)] as const);
    const sums = add.map(
      ({ name, value }) => [name(given), sumFor(name(given), value, item, given)] as const,
    );
    const gone = new Set(remove.map((name) => name(given)));
    const kept = Object.entries(item).filter(([name]) => !gone.has(name));
    return { ...Object.fromEntries(kept), ...Object.fromEntries([...values, ...sums]) };
  };
}

/** Adds a number to an attribute. One that is not there counts as 0. Sets are not modelled. */
function sumFor(name: string, value: Operand, item: Item, given: Given): number {
  const [before = 0, more] = [item[name], value(item, given)];
  if (typeof before !== 'number' || typeof more !== 'number')
    throw new InvalidUpdate('An operand in the update expression has an incorrect data type');
  return before + more;
}

function valueFor(value: Operand, item: Item, given: Given) {
  const found = value(item, given);
  if (found === undefined) throw new InvalidUpdate('an attribute that it refers to is not there');
  return copied(found);
}

/** An update that DynamoDB refuses for the present item. */
export class InvalidUpdate extends Error {
  override readonly name = 'InvalidUpdate';
}

function listOf<T>(tokens: Tokens, one: (tokens: Tokens) => T): T[] {
  const all = [one(tokens)];
  while (tokens.takeIf(',')) all.push(one(tokens));
  return all;
}

function readAssignment(tokens: Tokens): Assignment {
  const name = readName(tokens);
  tokens.expect('=');
  return { name, value: readValue(tokens) };
}

/** Parses `#name :value`. */
function readAddition(tokens: Tokens): Assignment {
  const name = readName(tokens);
  if (!tokens.peek().startsWith(':')) tokens.refuse('ADD takes a value of the call');
  return { name, value: readPlainOperand(tokens) };
}

function readValue(tokens: Tokens): Operand {
  if (tokens.takeIf('if_not_exists')) {
    const [one, other] = readTwo(tokens);
    return (item, given) => {
      const there = one(item, given);
      return there === undefined ? other(item, given) : there;
    };
  }
  if (!tokens.takeIf('list_append')) return readPlainOperand(tokens);
  const [one, other] = readTwo(tokens);
  return (item, given) => {
    const lists = [one(item, given), other(item, given)];
    if (lists.includes(undefined)) return undefined;
    if (lists.some((list) => list !== undefined && typeOf(list) !== 'L'))
      throw new InvalidUpdate('list_append needs two lists');
    return (lists as (readonly never[])[]).flat();
  };
}

function readTwo(tokens: Tokens): readonly [Operand, Operand] {
  tokens.expect('(');
  const one = readValue(tokens);
  tokens.expect(',');
  const other = readValue(tokens);
  tokens.expect(')');
  return [one, other];
}
