import { Malformed } from './malformed.ts';
import type { Notation } from './read.ts';
import { textTrait, type Shape } from './shape.ts';
import { readText } from './text.ts';

/** A form's keys, split at their dots: `Filters.member.1.Name=x` becomes nested branches that end in texts. */
type Branch = Map<string, Branch | string>;

/**
 * Builds the tree of a form.
 * @throws Malformed when one key is both a value and the start of another key
 */
export function branchesOf(form: URLSearchParams): Branch {
  const root: Branch = new Map();
  for (const [key, value] of form) plant(root, key.split('.'), value, key);
  return root;
}

/**
 * Reads the parameters of the AWS query protocol. Lists count from 1 under `member` or the schema's name, maps under
 * `entry`. An empty list is the bare key. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const formNotation: Notation = {
  readLeaf: readText,
  nameOf: ({ name, shape }) => textTrait(shape, 'xmlName') ?? name,
  structure: (raw) => (isBranch(raw) ? (name) => raw.get(name) : raw === '' ? () => undefined : undefined),
  list: (raw, shape) => {
    if (raw === '') return [];
    if (!isBranch(raw)) return undefined;
    return numbered(
      flattened(shape) ? raw : raw.get(textTrait(shape.getValueSchema(), 'xmlName') ?? 'member'),
    );
  },
  map: (raw, shape) => {
    if (raw === '') return [];
    if (!isBranch(raw)) return undefined;
    const key = textTrait(shape.getKeySchema(), 'xmlName') ?? 'key';
    const value = textTrait(shape.getValueSchema(), 'xmlName') ?? 'value';
    return numbered(flattened(shape) ? raw : raw.get('entry')).flatMap((entry) => {
      const name = isBranch(entry) ? entry.get(key) : undefined;
      return isBranch(entry) && typeof name === 'string' ? [[name, entry.get(value)] as const] : [];
    });
  },
};

/**
 * Reads the parameters of the EC2 query protocol: names begin with a capital letter and every list is flattened.
 * https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2FormNotation: Notation = {
  ...formNotation,
  nameOf: ({ name, shape }) =>
    textTrait(shape, 'ec2QueryName') ?? capitalised(textTrait(shape, 'xmlName') ?? name),
  list: (raw) => (raw === '' ? [] : isBranch(raw) ? numbered(raw) : undefined),
};

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function flattened(shape: Shape): boolean {
  return Boolean(shape.getMergedTraits().xmlFlattened);
}

function plant(at: Branch, [head = '', ...rest]: readonly string[], value: string, key: string): void {
  if (rest.length === 0) {
    if (at.get(head) instanceof Map) throw ambiguous(key);
    at.set(head, value);
    return;
  }
  const before = at.get(head);
  // An empty list is sent as a bare key, and never together with items of the same list.
  if (typeof before === 'string') throw ambiguous(key);
  const branch: Branch = before ?? new Map<string, Branch | string>();
  at.set(head, branch);
  plant(branch, rest, value, key);
}

function ambiguous(key: string): Malformed {
  return new Malformed(key, 'syntax', `${key} is given as a value and as a structure`);
}

/** Returns the branches in the order of their numbers, whatever their order of arrival. */
function numbered(raw: unknown): unknown[] {
  if (!isBranch(raw)) return [];
  return [...raw].sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}

function isBranch(raw: unknown): raw is Branch {
  return raw instanceof Map;
}
