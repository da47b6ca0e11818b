/** An attribute's value in plain JavaScript, as the document client uses it. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Item = Readonly<Record<string, Value>>;

/**
 * Copies a value, so no caller shares an object with the table.
 * @throws Error on a value that DynamoDB cannot store, as the document client does, and on sets and binaries, which are
 * not modelled
 */
export function copied(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(copied);
  if (isPlain(value))
    return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, copied(of)]));
  throw new Error(`an attribute cannot be a ${typeof value} such as this`);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Returns DynamoDB's name for a value's type. */
export function typeOf(value: Value): 'S' | 'N' | 'BOOL' | 'NULL' | 'L' | 'M' {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'L';
  if (typeof value === 'string') return 'S';
  if (typeof value === 'number') return 'N';
  return typeof value === 'boolean' ? 'BOOL' : 'M';
}

export function isEqual(one: Value, other: Value): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  if (typeOf(one) !== typeOf(other)) return false;
  const [names, others] = [Object.keys(one), Object.keys(other)];
  const isSame = (left: Value | undefined, right: Value | undefined) =>
    left !== undefined && right !== undefined && isEqual(left, right);
  return (
    names.length === others.length &&
    names.every((name) => isSame((one as Item)[name], (other as Item)[name]))
  );
}

/**
 * Returns a negative number if the first comes first. Text is compared by its UTF-8 bytes, whose order is that of code
 * points. Null: values of different types, and of types without an order, are not comparable.
 */
export function compared(one: Value, other: Value): number | null {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'string' && typeof other === 'string') return comparedText(one, other);
  return null;
}

export function comparedText(one: string, other: string): number {
  if (one === other) return 0;
  // Without surrogates, UTF-16 has the order of UTF-8.
  if (!/[\ud800-\uffff]/.test(one + other)) return one < other ? -1 : 1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
