import { refuseUnmodelled, type Context } from './context.ts';
import { entriesOf, textsOf } from './elements.ts';
import { OPERATORS, truthOf } from './operators.ts';
import type { Matches } from './patterns.ts';
import { isMultivalued } from './reference.ts';

export type Condition = (context: Context) => boolean;

/** Returns whether a condition holds, by its key's values in the request: none if the key is absent. */
type Holds = (given: readonly string[]) => boolean;

/**
 * Reads the Condition of a statement: all its entries must hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 * @throws Error on an operator or a key that does not exist or is not modelled
 */
export async function readConditions(block: unknown): Promise<Condition[]> {
  const conditions = entriesOf('Condition', block).flatMap(([operator, keys]) =>
    entriesOf(operator, keys).map(([key, values]) => conditionOf(operator, key, textsOf(key, values))),
  );
  return Promise.all(conditions);
}

async function conditionOf(operator: string, key: string, asked: readonly string[]): Promise<Condition> {
  refuseUnmodelled(key);
  const name = key.toLowerCase();
  const ofMany = await isMultivalued(key);
  const holds = operator === 'Null' ? isNull(asked) : operation(operator, ofMany, asked);
  return (context) => holds(context.get(name) ?? []);
}

/** Tests for presence; `true` requires that the key be absent. */
function isNull(asked: readonly string[]): Holds {
  const wanted = new Set(asked.map(truthOf));
  return (given) => wanted.has(isVoid(given));
}

function operation(operator: string, ofMany: boolean, asked: readonly string[]): Holds {
  const [, set, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const found = OPERATORS.get(name);
  if (found === undefined) throw new Error(`the condition operator ${operator} is not modelled`);
  const tests = asked.map(found.matches);
  const satisfied: Matches = (value) => tests.some((test) => test(value)) !== found.negated;
  if (set === 'ForAllValues') return onAll(satisfied);
  if (set === 'ForAnyValue') return onAny(satisfied);
  // AWS does not document this case.
  if (ofMany) throw new Error(`${operator} is for keys of one value: add ForAllValues or ForAnyValue`);
  return onOne(satisfied, found.negated || ifExists !== undefined);
}

function onOne(satisfied: Matches, whereAbsent: boolean): Holds {
  return ([value, ...more]) => {
    if (more.length > 0) throw new Error(`a key of one value has several: ${[value, ...more].join(', ')}`);
    return value === undefined ? whereAbsent : satisfied(value);
  };
}

/*
 * Applies the set operators. IfExists does not change them: ForAllValues holds if the key is absent, ForAnyValue does
 * not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 * https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w/foranyvalue-stringequalsifexists-behaving-unexpectedly
 */
function onAll(satisfied: Matches): Holds {
  return (given) => isVoid(given) || given.every(satisfied);
}

function onAny(satisfied: Matches): Holds {
  return (given) => !isVoid(given) && given.some(satisfied);
}

/** Returns whether there is no value. The set operators and Null treat an empty string as none. */
function isVoid(given: readonly string[]): boolean {
  return given.every((value) => value === '');
}
