import type { Tokens } from './tokens.ts';
import { typeOf, type Item, type Value } from './value.ts';

/** The placeholders for names and values in the expressions of one call. */
export interface Given {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

/** Returns an operand's value for an item; undefined if the item has none. */
export type Operand = (item: Item, given: Given) => Value | undefined;

/** Returns the name of an attribute, or of a map's member, in a call. */
export type Name = (given: Given) => string;

export function readName(tokens: Tokens): Name {
  const word = tokens.take();
  if (!/^#?[A-Za-z_][A-Za-z0-9_]*$/.test(word)) tokens.refuse(`${word} is no name`);
  if (!word.startsWith('#')) return () => word;
  return ({ ExpressionAttributeNames: names = {} }) => {
    const name = names[word];
    if (name === undefined) throw new Error(`the call has no name ${word}`);
    return name;
  };
}

export function readOperand(tokens: Tokens): Operand {
  return tokens.peek().startsWith(':') ? valueOf(tokens.take()) : readPath(tokens);
}

/** Reads attributes like `readOperand`, and nothing else. */
export function readPlainOperand(tokens: Tokens): Operand {
  if (tokens.peek().startsWith(':')) return valueOf(tokens.take());
  const name = readName(tokens);
  return (item, given) => item[name(given)];
}

/** Reads an attribute, or a path in it: `#planned.#plannedAt`. Elements of lists are not modelled. */
export function readPath(tokens: Tokens): Operand {
  const names = [readName(tokens)];
  while (tokens.takeIf('.')) names.push(readName(tokens));
  return (item, given) => names.reduce<Value | undefined>((at, name) => memberOf(at, name(given)), item);
}

function memberOf(value: Value | undefined, name: string): Value | undefined {
  return value !== undefined && typeOf(value) === 'M' ? (value as Item)[name] : undefined;
}

function valueOf(word: string): Operand {
  return (_item, { ExpressionAttributeValues: values = {} }) => {
    const value = values[word];
    if (value === undefined) throw new Error(`the call has no value ${word}`);
    return value as Value;
  };
}
