/**
 * One thing that a revision is made of. What is hidden is compared and never shown: the value of an environment variable
 * may be a secret.
 */
export type Trait = { readonly shown: string } | { readonly hidden: string };

/** By what a person would call them: `image of checkout`. */
export type Traits = Readonly<Record<string, Trait>>;

/** What AWS calls the traits of an environment; of the values only whether they differ is ever told. */
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

/** Those that are there. */
export function shownTraits(values: Readonly<Record<string, string | number | undefined>>): Traits {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, { shown: String(value) }] as const],
    ),
  );
}

const MAX_TRAITS = 20;
const MAX_CHARACTERS = 300;

/** What differs, one line each: `image of checkout: shop:2 → shop:1`. At most twenty, and how many more there are. */
export function changesBetween(from: Traits, to: Traits): readonly string[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const changes = names.flatMap((name) => changeOf(name, from[name], to[name]) ?? []);
  const rest = changes.length - MAX_TRAITS;
  return rest > 0 ? [...changes.slice(0, MAX_TRAITS), `and ${rest} more`] : changes;
}

function changeOf(name: string, from: Trait | undefined, to: Trait | undefined): string | null {
  if (valueOf(from) === valueOf(to)) return null;
  const isHidden = (from !== undefined && 'hidden' in from) || (to !== undefined && 'hidden' in to);
  const line =
    isHidden && from !== undefined && to !== undefined
      ? `${name}: another value`
      : `${name}: ${wordOf(from)} → ${wordOf(to)}`;
  return line.length <= MAX_CHARACTERS ? line : `${line.slice(0, MAX_CHARACTERS - 1)}…`;
}

function valueOf(trait: Trait | undefined): string | undefined {
  if (trait === undefined) return undefined;
  return 'shown' in trait ? trait.shown : trait.hidden;
}

function wordOf(trait: Trait | undefined): string {
  if (trait === undefined) return 'none';
  return 'shown' in trait ? trait.shown : 'set';
}
