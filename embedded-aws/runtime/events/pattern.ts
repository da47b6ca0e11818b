import { BlockList, isIP } from 'node:net';

/** Event patterns: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
export type Pattern = Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;

/**
 * Returns whether an event matches a pattern that `checkPattern` lets pass. EventBridge compares paths, in which dots
 * join the keys. So `{"state.status": …}` and `{"state": {"status": …}}` are the same, in a pattern and in an event.
 */
export function matches(pattern: Pattern, event: unknown, path = ''): boolean {
  return entriesOf(pattern).every(([key, wanted]) => {
    if (key === '$or')
      return (wanted as readonly Pattern[]).some((alternative) => matches(alternative, event, path));
    const found = valuesAt(event, path + key);
    if (Array.isArray(wanted)) return matchesLeaf(wanted, found);
    if (!isObject(wanted)) throw new Error(`event pattern: ${key} must be an array or an object`);
    if (found.length === 0) return matches(wanted, event, `${path}${key}.`);
    // All of the pattern must match within one of the objects, if the event has several.
    return found.some((one) => matches(wanted, one));
  });
}

const entries = new WeakMap<Pattern, readonly (readonly [string, unknown])[]>();

/** Returns the entries of a pattern, the cheapest to compare first: `source` and `detail-type` refuse most events. */
function entriesOf(pattern: Pattern): readonly (readonly [string, unknown])[] {
  const known = entries.get(pattern);
  if (known !== undefined) return known;
  const sorted = Object.entries(pattern).toSorted(([, one], [, other]) => costOf(one) - costOf(other));
  entries.set(pattern, sorted);
  return sorted;
}

function costOf(wanted: unknown): number {
  if (!Array.isArray(wanted)) return 2;
  return wanted.some(isObject) ? 1 : 0;
}

/** Returns the values at a path of an event; of a list, its entries. */
function valuesAt(event: unknown, path: string): readonly unknown[] {
  if (Array.isArray(event)) return event.flatMap((entry) => valuesAt(entry, path));
  if (!isObject(event)) return [];
  const found: unknown[] = [];
  for (const key in event) {
    if (key === path) found.push(...asList(event[key]));
    else if (path.startsWith(key) && path[key.length] === '.')
      found.push(...valuesAt(event[key], path.slice(key.length + 1)));
  }
  return found;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Returns whether a wanted value matches one of the event's values. `exists` tests the value's presence. */
function matchesLeaf(wanted: readonly unknown[], found: readonly unknown[]): boolean {
  // Only leaves exist for EventBridge: an object is not a value.
  const values = found.filter((item) => !isObject(item));
  return wanted.some((matcher) => {
    if (isObject(matcher) && 'exists' in matcher) return matcher['exists'] === values.length > 0;
    return values.some((item) => matchesValue(matcher, item));
  });
}

function matchesValue(matcher: unknown, value: unknown): boolean {
  if (!isObject(matcher)) return matcher === value;
  const [[operator, operand] = ['', undefined]] = Object.entries(matcher);
  const compare = OPERATORS[operator];
  if (compare === undefined) throw new Error(`event pattern: the operator ${operator} is not modelled`);
  return compare(operand, value);
}

const OPERATORS: Readonly<Record<string, (operand: unknown, value: unknown) => boolean>> = {
  prefix: (operand, value) => compareText(operand, value, (text, start) => text.startsWith(start)),
  suffix: (operand, value) => compareText(operand, value, (text, end) => text.endsWith(end)),
  'equals-ignore-case': (operand, value) =>
    typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase(),
  cidr: (operand, value) => typeof value === 'string' && isWithin(String(operand), value),
  wildcard: (operand, value) => typeof value === 'string' && wildcard(String(operand)).test(value),
  numeric: (operand, value) => typeof value === 'number' && inRange(operand as readonly unknown[], value),
  'anything-but': (operand, value) => {
    const excluded = Array.isArray(operand) ? (operand as unknown[]) : [operand];
    return !excluded.some((matcher) => (isObject(matcher) ? anyOf(matcher, value) : matcher === value));
  },
};

/** Returns the matches of `anything-but`, which takes one operator, with one text or several. */
function anyOf(matcher: Json, value: unknown): boolean {
  const [[operator, operand] = ['', undefined]] = Object.entries(matcher);
  return (Array.isArray(operand) ? (operand as unknown[]) : [operand]).some((one) =>
    matchesValue({ [operator]: one }, value),
  );
}

/** Compares by `prefix` or `suffix`, as is, or without case as `{"equals-ignore-case": …}`. */
function compareText(
  operand: unknown,
  value: unknown,
  compare: (text: string, part: string) => boolean,
): boolean {
  if (typeof value !== 'string') return false;
  if (!isObject(operand)) return compare(value, String(operand));
  return compare(value.toLowerCase(), String(operand['equals-ignore-case']).toLowerCase());
}

/** Returns whether an address is in a block: `10.0.0.0/24`. */
function isWithin(block: string, address: string): boolean {
  const [start = '', mask] = block.split('/');
  const family = (text: string) => (isIP(text) === 6 ? 'ipv6' : 'ipv4');
  if (isIP(address) === 0 || family(address) !== family(start)) return false;
  const blocks = new BlockList();
  blocks.addSubnet(start, Number(mask), family(start));
  return blocks.check(address, family(address));
}

/** Compiles a wildcard: `*` matches any characters; `\*` and `\\` match themselves. */
function wildcard(pattern: string): RegExp {
  const parts = pattern.match(/\\[*\\]|[^]/gu) ?? [];
  const source = parts.map((part) =>
    part === '*' ? '[^]*' : part.replace(/^\\(?=[*\\]$)/, '').replace(/[.+?^${}()|[\]\\*]/g, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`, 'u');
}

/** Returns whether a value is in `["=", 5]`, or `[">", 0, "<=", 5]`. */
function inRange(terms: readonly unknown[], value: number): boolean {
  return terms.every((operator, index) => {
    if (index % 2 === 1) return true;
    const bound = Number(terms[index + 1]);
    const holds = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    }[String(operator)];
    if (holds === undefined) throw new Error(`event pattern: numeric has no operator ${String(operator)}`);
    return holds;
  });
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
