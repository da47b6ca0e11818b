import { Malformed } from './malformed.ts';
import { leafOf, membersOf, type Leaf, type Member, type Shape } from './shape.ts';

/**
 * One protocol's notation for the schemas. Each function returns undefined if `raw` is of another kind; the reader then
 * reports where and what.
 */
export interface Notation {
  readLeaf(kind: Leaf, raw: unknown, shape: Shape): unknown;
  /** Returns the raw value of each member by its name on the wire. */
  structure(raw: unknown): ((name: string) => unknown) | undefined;
  list(raw: unknown, shape: Shape): readonly unknown[] | undefined;
  map(raw: unknown, shape: Shape): readonly (readonly [string, unknown])[] | undefined;
  /** Returns a member's name on the wire. */
  nameOf(member: Member): string;
}

/**
 * Reads a client's input into the shape of the SDK's command. Ignores members unknown to the schema, as AWS does.
 * @throws Malformed naming a member that is missing or of a wrong type
 */
export function read(shape: Shape, raw: unknown, notation: Notation, path = ''): unknown {
  if (raw === undefined || raw === null) return undefined;
  if (shape.isStructSchema()) return readStructure(shape, raw, notation, path);
  if (shape.isListSchema()) return readList(shape, raw, notation, path);
  if (shape.isMapSchema()) return readMap(shape, raw, notation, path);
  const kind = leafOf(shape);
  return notation.readLeaf(kind, raw, shape) ?? wrongType(path, kind);
}

/** Reads the members of a structure from their sources. */
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

/** Drops a null in a list, as the SDK's own readers do for a list that is not sparse. */
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
