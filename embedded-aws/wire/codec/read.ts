import { Malformed } from './malformed.ts';
import { leafOf, membersOf, type Leaf, type Member, type Shape } from './shape.ts';

/**
 * How one protocol writes down what the schemas describe. Each answers undefined when `raw` is not such a thing; the
 * reader then says where and what.
 */
export interface Notation {
  readLeaf(kind: Leaf, raw: unknown, shape: Shape): unknown;
  /** The raw value of each member by its name on the wire. */
  structure(raw: unknown): ((name: string) => unknown) | undefined;
  list(raw: unknown, shape: Shape): readonly unknown[] | undefined;
  map(raw: unknown, shape: Shape): readonly (readonly [string, unknown])[] | undefined;
  /** What a member is called on the wire. */
  nameOf(member: Member): string;
}

/**
 * Reads what a client sent into the shape that the SDK's command has. Members unknown to the schema are passed over, as
 * AWS does.
 * @throws Malformed naming the member that is missing or of a wrong type
 */
export function read(shape: Shape, raw: unknown, notation: Notation, path = ''): unknown {
  if (raw === undefined || raw === null) return undefined;
  if (shape.isStructSchema()) return readStructure(shape, raw, notation, path);
  if (shape.isListSchema()) return readList(shape, raw, notation, path);
  if (shape.isMapSchema()) return readMap(shape, raw, notation, path);
  const kind = leafOf(shape);
  return notation.readLeaf(kind, raw, shape) ?? wrongType(path, kind);
}

/** Reads the members of a structure, wherever each of them comes from. */
export function readMembers(
  members: readonly Member[],
  rawOf: (member: Member) => unknown,
  notation: Notation,
  path: string,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const member of members) {
    const at = path === '' ? member.name : `${path}.${member.name}`;
    const value = read(member.shape, rawOf(member), notation, at);
    if (value !== undefined) result[member.name] = value;
    else if (member.required) throw new Malformed(at, 'missing', `${at} is required`);
  }
  return result;
}

function readStructure(
  shape: Shape,
  raw: unknown,
  notation: Notation,
  path: string,
): Record<string, unknown> {
  const rawOf = notation.structure(raw) ?? wrongType(path, 'structure');
  return readMembers(membersOf(shape), (member) => rawOf(notation.nameOf(member)), notation, path);
}

/** A null in a list is dropped, as the SDK's own readers do for a list that is not sparse. */
function readList(shape: Shape, raw: unknown, notation: Notation, path: string): unknown[] {
  const items = notation.list(raw, shape) ?? wrongType(path, 'list');
  const of = shape.getValueSchema();
  return items
    .map((item, i) => read(of, item, notation, `${path}[${i}]`))
    .filter((item) => item !== undefined);
}

function readMap(shape: Shape, raw: unknown, notation: Notation, path: string): Record<string, unknown> {
  const entries = notation.map(raw, shape) ?? wrongType(path, 'map');
  const of = shape.getValueSchema();
  return Object.fromEntries(
    entries
      .map(([key, value]) => [key, read(of, value, notation, `${path}.${key}`)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function wrongType(path: string, wanted: string): never {
  throw new Malformed(path, 'type', `${path === '' ? 'the input' : path} is not a ${wanted}`);
}
