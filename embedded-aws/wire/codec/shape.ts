import { NormalizedSchema } from '@smithy/core/schema';

/**
 * The schemas that the SDK packages export, as the codec reads them. `@smithy/types` (static-schemas.d.ts) describes
 * their layout: a structure ends with the number of its required members, which come first.
 */
export type Shape = NormalizedSchema;
type Ref = Parameters<typeof NormalizedSchema.of>[0];

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  /** The SDK makes it up where it is left out. */
  readonly isToken: boolean;
}

export function shapeOf(schema: unknown): Shape {
  return NormalizedSchema.of(schema as Ref);
}

const REQUIRED_COUNT = 6;
const known = new WeakMap<object, readonly Member[]>();

/** Returns the members of a structure or a union. */
export function membersOf(shape: Shape): readonly Member[] {
  const schema: unknown = shape.getSchema();
  if (!Array.isArray(schema)) return [];
  const before = known.get(schema);
  if (before !== undefined) return before;
  const required = Number(schema[REQUIRED_COUNT] ?? 0);
  const members = [...shape.structIterator()].map(([name, member], i) => ({
    name,
    shape: member,
    required: i < required,
    isToken: member.isIdempotencyToken(),
  }));
  known.set(schema, members);
  return members;
}

/** The kind of a leaf. The schemas do not distinguish integer and float. */
export type Leaf = 'string' | 'boolean' | 'number' | 'bigint' | 'decimal' | 'timestamp' | 'blob' | 'document';

export function leafOf(shape: Shape): Leaf {
  if (shape.isBooleanSchema()) return 'boolean';
  if (shape.isNumericSchema()) return 'number';
  if (shape.isBigIntegerSchema()) return 'bigint';
  if (shape.isBigDecimalSchema()) return 'decimal';
  if (shape.isTimestampSchema()) return 'timestamp';
  if (shape.isBlobSchema()) return 'blob';
  if (shape.isDocumentSchema()) return 'document';
  return 'string';
}

/** Returns a text trait of a member or its target: `xmlName`, `jsonName`, `httpHeader`. */
export function textTrait(
  shape: Shape,
  trait: 'xmlName' | 'ec2QueryName' | 'jsonName' | 'httpHeader' | 'httpQuery' | 'httpPrefixHeaders',
): string | undefined {
  const value: unknown = shape.getMergedTraits()[trait];
  return typeof value === 'string' ? value : undefined;
}
