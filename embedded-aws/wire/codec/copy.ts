import { Malformed, WrongModel } from './malformed.ts';
import { leafOf, membersOf, type Leaf, type Shape } from './shape.ts';

/** Copies a value along its schema, as a way through a protocol would. */
type Copy = (value: unknown, path: string) => unknown;

/** How the two ways differ: what a client sends, and what a model answers with. */
interface Way {
  /** @throws Malformed or WrongModel */
  readonly wrongType: (path: string, wanted: string) => never;
  /** Called for a member that the schema does not have. */
  readonly unknownMember: (path: string) => void;
  /** Whether members that are required must be there. */
  readonly isChecked: boolean;
  readonly known: WeakMap<object, Copy>;
}

const input: Way = {
  wrongType: (path, wanted) => {
    throw new Malformed(path, 'type', `${path === '' ? 'the input' : path} is not a ${wanted}`);
  },
  // The SDK sends no member that it does not know.
  unknownMember: () => undefined,
  isChecked: true,
  known: new WeakMap(),
};

const output: Way = {
  wrongType: (path, wanted) => {
    throw new WrongModel(`${path}: a ${wanted} is due, and the model gave something else`);
  },
  unknownMember: (path) => {
    throw new WrongModel(`${path}: the shape has no such member`);
  },
  isChecked: false,
  known: new WeakMap(),
};

/**
 * Copies an input that the SDK's command was made with into what the model of its operation is given.
 * @param newToken makes the idempotency tokens that the SDK makes up where they are left out
 * @throws Malformed
 */
export function copyInput(shape: Shape, value: unknown, newToken: () => string): unknown {
  const copy = shape.isUnitSchema() ? {} : copyOf(shape, input)(value ?? {}, '');
  for (const { name, shape: member } of membersOf(shape))
    if (member.isIdempotencyToken()) (copy as Record<string, unknown>)[name] ??= newToken();
  return copy;
}

/**
 * Copies what a model answers with into what the SDK's command gives.
 * @throws WrongModel where the answer does not fit the schema
 */
export function copyOutput(shape: Shape, value: unknown): object {
  return shape.isUnitSchema() ? {} : (copyOf(shape, output)(value ?? {}, 'output') as object);
}

function copyOf(shape: Shape, way: Way): Copy {
  const schema: unknown = shape.getSchema();
  if (typeof schema !== 'object' || schema === null) return made(shape, way);
  const before = way.known.get(schema);
  if (before !== undefined) return before;
  // A structure may hold itself: what is inside it is made when it is first met.
  let copy: Copy | undefined;
  const later: Copy = (value, path) => (copy ??= made(shape, way))(value, path);
  way.known.set(schema, later);
  return later;
}

function made(shape: Shape, way: Way): Copy {
  if (shape.isStructSchema()) return structure(shape, way);
  if (shape.isListSchema()) return list(shape, way);
  if (shape.isMapSchema()) return map(shape, way);
  return leaf(leafOf(shape), way);
}

function structure(shape: Shape, way: Way): Copy {
  const members = membersOf(shape).map((member) => ({ ...member, copy: copyOf(member.shape, way) }));
  const names = new Set(members.map(({ name }) => name));
  return (value, path) => {
    const given = recordOf(value, path, 'structure', way);
    const result: Record<string, unknown> = {};
    for (const { name, required, copy } of members) {
      const member = given[name];
      const at = path === '' ? name : `${path}.${name}`;
      if (member !== undefined && member !== null) result[name] = copy(member, at);
      else if (required && way.isChecked) throw new Malformed(at, 'missing', `${at} is required`);
    }
    for (const name of Object.keys(given))
      if (!names.has(name) && given[name] !== undefined && name !== '$metadata')
        way.unknownMember(`${path}.${name}`);
    return result;
  };
}

function list(shape: Shape, way: Way): Copy {
  const copy = copyOf(shape.getValueSchema(), way);
  return (value, path) => {
    if (!Array.isArray(value)) return way.wrongType(path, 'list');
    const there = (value as readonly unknown[]).filter((item) => item !== undefined && item !== null);
    return there.map((item, index) => copy(item, `${path}[${index}]`));
  };
}

function map(shape: Shape, way: Way): Copy {
  const copy = copyOf(shape.getValueSchema(), way);
  return (value, path) => {
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(recordOf(value, path, 'map', way)))
      if (entry !== undefined && entry !== null) result[key] = copy(entry, `${path}.${key}`);
    return result;
  };
}

function recordOf(value: unknown, path: string, wanted: string, way: Way): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return way.wrongType(path, wanted);
  return value as Record<string, unknown>;
}

function leaf(kind: Leaf, way: Way): Copy {
  switch (kind) {
    case 'timestamp':
      return (value, path) =>
        value instanceof Date && !Number.isNaN(value.getTime()) ? new Date(value) : way.wrongType(path, kind);
    case 'blob':
      return (value, path) =>
        value instanceof Uint8Array ? Uint8Array.from(value) : way.wrongType(path, kind);
    case 'document':
      return (value) => structuredClone(value);
    case 'bigint':
    case 'decimal':
      return (value) => value;
    default:
      return (value, path) => (typeof value === kind ? value : way.wrongType(path, kind));
  }
}
