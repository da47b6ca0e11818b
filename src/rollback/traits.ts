import { shorten } from './shorten.ts';

/**
 * One part of a revision. A hidden part is compared and never shown: the value of an environment variable may be a
 * secret.
 */
export type Trait = { readonly shown: string } | { readonly hidden: string };

/** Traits by their names for people: `image of checkout`. */
export type Traits = Readonly<Record<string, Trait>>;

/** Returns the traits of an environment. Lastgood only shows whether values differ, never the values. */
export function environmentTraits(
  environment: Readonly<Record<string, string | undefined>>,
  where = '',
): Traits {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value = '']) => [
      `environment variable ${name}${where}`,
      { hidden: value },
    ]),
  );
}

/** Returns traits of the values that are present. */
export function shownTraits(values: Readonly<Record<string, string | number | undefined>>): Traits {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, { shown: String(value) }] as const],
    ),
  );
}

const MAX_TRAITS = 20;
const MAX_CHARACTERS = 300;

/**
 * Returns the changes, one line each: `image of checkout: shop:2 → shop:1`. Lists at most twenty, and counts the rest.
 */
export function changesBetween(from: Traits, to: Traits): readonly string[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const changes = names.flatMap((name) => changeOf(name, from[name], to[name]) ?? []);
  const rest = changes.length - MAX_TRAITS;
  return rest > 0 ? [...changes.slice(0, MAX_TRAITS), `and ${rest} more`] : changes;
}

/** Returns the traits of the first of two revisions that the other one does not have as well. */
export function differing(one: Traits, other: Traits): readonly (readonly [name: string, trait: Trait])[] {
  return Object.entries(one).filter(([name, trait]) => valueOf(trait) !== valueOf(other[name]));
}

function changeOf(name: string, from: Trait | undefined, to: Trait | undefined): string | null {
  if (valueOf(from) === valueOf(to)) return null;
  const isHidden = (from !== undefined && 'hidden' in from) || (to !== undefined && 'hidden' in to);
  const line =
    isHidden && from !== undefined && to !== undefined
      ? `${name}: another value`
      : `${name}: ${wordOf(from)} → ${wordOf(to)}`;
  return shorten(line, MAX_CHARACTERS);
}

function valueOf(trait: Trait | undefined): string | undefined {
  if (trait === undefined) return undefined;
  return 'shown' in trait ? trait.shown : trait.hidden;
}

function wordOf(trait: Trait | undefined): string {
  if (trait === undefined) return 'none';
  return 'shown' in trait ? trait.shown : 'set';
}
