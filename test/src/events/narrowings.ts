/** The part of JSON Schema that the details of events use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

/** Returns the promises that the newer schema breaks, each as a path with the problem. Empty: it only adds. */
export function narrowings(older: Schema, newer: Schema, at = 'detail'): readonly string[] {
  const changed = (['type', 'const', 'format'] as const).filter((key) => !isEqual(older[key], newer[key]));
  const values = (older.enum ?? []).filter((value) => !(newer.enum ?? []).includes(value));
  const optional = (older.required ?? []).filter((name) => !(newer.required ?? []).includes(name));
  return [
    ...changed.map((key) => `${at}: ${key} changed`),
    ...values.map((value) => `${at}: ${String(value)} is gone`),
    ...optional.map((name) => `${at}.${name}: may be absent now`),
    ...Object.entries(older.properties ?? {}).flatMap(([name, property]) => {
      const now = newer.properties?.[name];
      return now === undefined ? [`${at}.${name}: is gone`] : narrowings(property, now, `${at}.${name}`);
    }),
    ...(older.items === undefined ? [] : narrowings(older.items, newer.items ?? {}, `${at}[]`)),
  ];
}

/** A value that may be null has several types, as a list. */
function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
