import fc from 'fast-check';
import { leafOf, membersOf, type Leaf, type Member, type Shape } from '../../wire/codec/shape.ts';

/** Text that XML 1.0 can represent. Another test covers the rest. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((value) => !/[\p{Cc}\p{Cn}\p{Cs}]/u.test(value));
const visible = text.map((value) => `x${value.trim()}y`);
const milliseconds = fc.integer({ min: 0, max: Date.parse('2100-01-01') });

const LEAVES: Record<Leaf, fc.Arbitrary<unknown>> = {
  string: visible,
  document: visible,
  boolean: fc.boolean(),
  // The SDK reads larger integers as bigint.
  number: fc
    .oneof(fc.integer(), fc.double({ noNaN: true, min: -1e12, max: 1e12 }))
    .map((value) => (value === 0 ? 0 : value)),
  bigint: fc.integer(),
  decimal: fc.integer(),
  // Whole seconds: HTTP dates have no more.
  timestamp: milliseconds.map((value) => new Date(value - (value % 1_000))),
  blob: fc.uint8Array({ minLength: 1, maxLength: 8 }).map((bytes) => Uint8Array.from(bytes)),
};

/** Generates any value of a schema. Below a depth, only required members exist, so that it ends. */
export function valueOf(shape: Shape, depth = 0): fc.Arbitrary<unknown> {
  if (shape.isUnitSchema()) return fc.constant({});
  if (shape.isUnionSchema()) return unionOf(membersOf(shape), depth);
  if (shape.isStructSchema()) return structureOf(membersOf(shape), depth);
  const size = depth > 4 ? 0 : 2;
  if (shape.isListSchema())
    return lazily(size, [], () => fc.array(valueOf(shape.getValueSchema(), depth + 1), { maxLength: size }));
  if (shape.isMapSchema()) {
    return lazily(size, {}, () =>
      fc.dictionary(visible, valueOf(shape.getValueSchema(), depth + 1), { maxKeys: size }),
    );
  }
  return LEAVES[leafOf(shape)];
}

function lazily(size: number, empty: unknown, of: () => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return size === 0 ? fc.constant(empty) : of();
}

function structureOf(members: readonly Member[], depth: number): fc.Arbitrary<unknown> {
  // The SDK generates missing tokens.
  const needed = (member: Member): boolean => member.required || member.shape.isIdempotencyToken();
  const there = members.filter((member) => depth < 3 || needed(member));
  const values = Object.fromEntries(there.map((member) => [member.name, valueOf(member.shape, depth + 1)]));
  return fc
    .record(values, { requiredKeys: there.filter(needed).map(({ name }) => name) })
    .map((value) => ({ ...value }));
}

function unionOf(members: readonly Member[], depth: number): fc.Arbitrary<unknown> {
  if (depth > 4) return fc.constant({});
  return fc.oneof(
    ...members.map(({ name, shape }) => valueOf(shape, depth + 1).map((value) => ({ [name]: value }))),
  );
}

/** Removes values without a trace in a form or in XML: empty structures and maps, and lists of only such values. */
export function pruned(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(pruned).filter((item) => item !== undefined);
    return items.length === 0 && value.length > 0 ? undefined : items;
  }
  const entries = Object.entries(value)
    .map(([key, entry]) => [key, pruned(entry)] as const)
    .filter(([, entry]) => entry !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
