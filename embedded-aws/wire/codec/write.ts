import { WrongModel } from './malformed.ts';
import { leafOf, membersOf, type Leaf, type Member, type Shape } from './shape.ts';

/** Checks that a model's value has the schema's type, so the wire does not hide a model's error. */
export function checkLeaf(kind: Leaf, value: unknown, path: string): void {
  const fits =
    kind === 'timestamp'
      ? value instanceof Date && !Number.isNaN(value.getTime())
      : kind === 'blob'
        ? value instanceof Uint8Array
        : kind === 'document' || kind === 'decimal' || kind === 'bigint'
          ? true
          : typeof value === kind;
  if (!fits) throw new WrongModel(`${path}: a ${kind} is due, and the model gave ${describe(value)}`);
}

/** Returns the members of a structure that have a value; refuses unknown ones. */
export function presentMembers(
  shape: Shape,
  value: unknown,
  path: string,
): readonly (readonly [Member, unknown])[] {
  const given = recordOf(value, path, 'structure');
  const members = membersOf(shape);
  for (const [name, member] of Object.entries(given)) {
    if (member === undefined || name === '$metadata' || members.some((known) => known.name === name))
      continue;
    throw new WrongModel(`${path}.${name}: ${shape.getName() ?? 'the shape'} has no such member`);
  }
  return members
    .map((member) => [member, given[member.name]] as const)
    .filter(([, member]) => member !== undefined && member !== null);
}

export function itemsOf(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value))
    throw new WrongModel(`${path}: a list is due, and the model gave ${describe(value)}`);
  return value;
}

export function entriesOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  return Object.entries(recordOf(value, path, 'map')).filter(
    ([, entry]) => entry !== undefined && entry !== null,
  );
}

/** A tree protocol's notation of leaves and member names. */
export interface TreeWriter {
  writeLeaf(kind: Leaf, value: unknown, shape: Shape): unknown;
  nameOf(member: Member): string;
}

/**
 * Writes an answer as a tree of plain values for JSON or CBOR.
 * @throws WrongModel when the answer does not fit the schema
 */
export function writeTree(shape: Shape, value: unknown, writer: TreeWriter, path = 'output'): unknown {
  if (shape.isStructSchema()) {
    return Object.fromEntries(
      presentMembers(shape, value, path).map(([member, of]) => [
        writer.nameOf(member),
        writeTree(member.shape, of, writer, `${path}.${member.name}`),
      ]),
    );
  }
  if (shape.isListSchema()) {
    const of = shape.getValueSchema();
    return itemsOf(value, path).map((item, i) => writeTree(of, item, writer, `${path}[${i}]`));
  }
  if (shape.isMapSchema()) {
    const of = shape.getValueSchema();
    return Object.fromEntries(
      entriesOf(value, path).map(([key, entry]) => [key, writeTree(of, entry, writer, `${path}.${key}`)]),
    );
  }
  const kind = leafOf(shape);
  checkLeaf(kind, value, path);
  return writer.writeLeaf(kind, value, shape);
}

function recordOf(value: unknown, path: string, wanted: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WrongModel(`${path}: a ${wanted} is due, and the model gave ${describe(value)}`);
  }
  return value as Record<string, unknown>;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? value.constructor.name : `the ${typeof value} ${JSON.stringify(value)}`;
}
