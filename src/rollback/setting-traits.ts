import type { Trait, Traits } from './traits.ts';

/** How the settings of a revision become traits, by their names in AWS's API. */
export interface Naming {
  /** Put before each name: `launch template `. */
  readonly before?: string;
  /** The settings that hold no secret, so that their values are shown. All others are only compared. */
  readonly shown: ReadonlySet<string>;
  /** The settings that belong to the revision itself, such as its number. */
  readonly ignored?: ReadonlySet<string>;
}

/**
 * Returns a trait for each part of each setting, so that a change names the part: `MetadataOptions.HttpTokens: required
 * → optional`. A setting that Lastgood does not know is compared as a whole and not shown.
 */
export function settingTraits(settings: object, { before = '', shown, ignored }: Naming): Traits {
  const known = Object.entries(settings).filter(([name]) => ignored?.has(name) !== true);
  return Object.fromEntries(
    known.flatMap(([name, value]) => {
      const parts = partsOf(`${before}${name}`, value);
      if (shown.has(name)) return parts.map(([part, text]): [string, Trait] => [part, { shown: text }]);
      return parts.length === 0 ? [] : [[`${before}${name}`, { hidden: JSON.stringify(parts) }]];
    }),
  );
}

type Part = readonly [name: string, text: string];

/** Returns the values inside a value. An empty one is like one that is absent. */
function partsOf(name: string, value: unknown): readonly Part[] {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return partsOfList(name, value);
  if (value instanceof Date) return [[name, value.toISOString()]];
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, inner]) => partsOf(`${name}.${key}`, inner));
  return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
}

/** Lists of AWS's ids and names have no order that matters. Items of other lists are matched by their names. */
function partsOfList(name: string, items: readonly unknown[]): readonly Part[] {
  if (items.length === 0) return [];
  if (items.every((item) => typeof item !== 'object'))
    return [[name, items.map(String).toSorted().join(', ')]];
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (key === undefined) return partsOf(`${name}[${index}]`, item);
    const { [key]: is, ...rest } = item as Readonly<Record<string, unknown>>;
    const label = `${name}[${String(is)}]`;
    const parts = partsOf(label, rest);
    return parts.length === 0 ? [[label, 'set'] as const] : parts;
  });
}

const KEYS = ['DeviceName', 'DeviceIndex', 'ResourceType', 'Arn', 'Name'] as const;

/** Returns the member that names an item of a list: `DeviceName`. */
function keyOf(item: unknown): string | undefined {
  return KEYS.find((key) => typeof item === 'object' && item !== null && key in item);
}
