import { Malformed, WrongModel } from './malformed.ts';
import { leafOf, membersOf, type Leaf, type Shape } from './shape.ts';

/** The position of the copy in a value. It is formatted only for an error. */
type Trail = (string | number)[];

/** Copies a value along its schema, as a protocol's round trip would. */
type Copy = (value: unknown, trail: Trail) => unknown;

/** The differences of the two directions: a client's input, and a model's output. */
interface Way {
  /** @throws Malformed or WrongModel */
  readonly wrongType: (trail: Trail, wanted: string) => never;
  /** Handles a member that the schema does not have. */
  readonly unknownMember: (trail: Trail, name: string) => void;
  /** Whether required members must be present. */
  readonly isChecked: boolean;
  readonly known: WeakMap<object, Copy>;
}

const input: Way = {
  wrongType: (trail, wanted) => {
    const path = written(trail);
    throw new Malformed(path, 'type', `${path === '' ? 'the input' : path} is not a ${wanted}`);
  },
  // The SDK sends no unknown member.
  unknownMember: () => undefined,
  isChecked: true,
  known: new WeakMap(),
};

const output: Way = {
  wrongType: (trail, wanted) => {
    throw new WrongModel(`${written(trail)}: a ${wanted} is due, and the model gave something else`);
  },
  unknownMember: (trail, name) => {
    throw new WrongModel(`${written([...trail, name])}: the shape has no such member`);
  },
  isChecked: false,
  known: new WeakMap(),
};

/**
 * Copies the input of an SDK command into the input of its operation's model.
 * @param newToken makes the idempotency tokens that the SDK makes up where they are left out
 * @throws Malformed
 */
export function copyInput(shape: Shape, value: unknown, newToken: () => string): unknown {
  const copy = shape.isUnitSchema() ? {} : copyOf(shape, input)(value ?? {}, []);
  for (const { name, isToken } of membersOf(shape))
    if (isToken) (copy as Record<string, unknown>)[name] ??= newToken();
  return copy;
}

/**
 * Copies a model's answer into the output of the SDK's command.
 * @throws WrongModel when the answer does not fit the schema
 */
export function copyOutput(shape: Shape, value: unknown): object {
  return shape.isUnitSchema() ? {} : (copyOf(shape, output)(value ?? {}, ['output']) as object);
}

function copyOf(shape: Shape, way: Way): Copy {
  const schema: unknown = shape.getSchema();
  if (typeof schema !== 'object' || schema === null) return made(shape, way);
  const before = way.known.get(schema);
  if (before !== undefined) return before;
  // A structure may contain itself, so its copy is created on first use.
  let copy: Copy | undefined;
  const later: Copy = (value, trail) => (copy ??= made(shape, way))(value, trail);
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
  const members = membersOf(shape);
  const copies = new Map(members.map((member) => [member.name, copyOf(member.shape, way)]));
  const required = members.filter((member) => way.isChecked && member.required).map(({ name }) => name);
  return (value, trail) => {
    const given = recordOf(value, trail, 'structure', way);
    const result: Record<string, unknown> = {};
    for (const name of Object.keys(given)) {
      const member = given[name];
      const copy = copies.get(name);
      if (copy === undefined && member !== undefined && name !== '$metadata') way.unknownMember(trail, name);
      if (copy !== undefined && member !== undefined && member !== null)
        result[name] = within(trail, name, member, copy);
    }
    for (const name of required) if (result[name] === undefined) throw missing(written([...trail, name]));
    return result;
  };
}

function within(trail: Trail, step: string | number, value: unknown, copy: Copy): unknown {
  trail.push(step);
  const copied = copy(value, trail);
  trail.pop();
  return copied;
}

/** Formats a position as `deployments[0].id`. */
function written(trail: Trail): string {
  return trail.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}

function missing(path: string): Malformed {
  return new Malformed(path, 'missing', `${path} is required`);
}

function list(shape: Shape, way: Way): Copy {
  const copy = copyOf(shape.getValueSchema(), way);
  return (value, trail) => {
    if (!Array.isArray(value)) return way.wrongType(trail, 'list');
    const there = (value as readonly unknown[]).filter((item) => item !== undefined && item !== null);
    return there.map((item, index) => within(trail, index, item, copy));
  };
}

function map(shape: Shape, way: Way): Copy {
  const copy = copyOf(shape.getValueSchema(), way);
  return (value, trail) => {
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(recordOf(value, trail, 'map', way)))
      if (entry !== undefined && entry !== null) result[key] = within(trail, key, entry, copy);
    return result;
  };
}

function recordOf(value: unknown, trail: Trail, wanted: string, way: Way): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return way.wrongType(trail, wanted);
  return value as Record<string, unknown>;
}

function leaf(kind: Leaf, way: Way): Copy {
  switch (kind) {
    case 'timestamp':
      return (value, trail) =>
        value instanceof Date && !Number.isNaN(value.getTime())
          ? new Date(value)
          : way.wrongType(trail, kind);
    case 'blob':
      return (value, trail) =>
        value instanceof Uint8Array ? Uint8Array.from(value) : way.wrongType(trail, kind);
    case 'document':
      return (value) => structuredClone(value);
    case 'bigint':
    case 'decimal':
      return (value) => value;
    default:
      return (value, trail) => (typeof value === kind ? value : way.wrongType(trail, kind));
  }
}
