/** Where an alias points: its version, and the shares (0 to 1) that other versions get of its invocations. */
export interface Configuration {
  readonly version: string;
  readonly weights: Readonly<Record<string, number>>;
}

export const LATEST = '$LATEST';

/** A version beside the alias's own, and its share; null where the alias's own gets everything. Lambda allows one. */
export function second({
  weights,
}: Configuration): { readonly version: string; readonly share: number } | null {
  const [other] = Object.entries(weights).filter(([, weight]) => weight > 0);
  return other === undefined ? null : { version: other[0], share: other[1] };
}

/** The versions that the configuration names, the alias's own first. */
export function versionsOf(configuration: Configuration): readonly string[] {
  const other = second(configuration);
  return other === null ? [configuration.version] : [configuration.version, other.version];
}

/** In one form that people can read, so that equal configurations have equal texts: `8`, or `7 90%, 8 10%`. */
export function textOf(configuration: Configuration): string {
  const other = second(configuration);
  if (other === null) return configuration.version;
  return `${configuration.version} ${percent(1 - other.share)}, ${other.version} ${percent(other.share)}`;
}

/** Reads what `textOf` wrote; null for any other text. */
export function readConfiguration(text: string): Configuration | null {
  if (VERSION.test(text)) return { version: text, weights: {} };
  const [, version = '', other = '', percent = ''] = SHARED.exec(text) ?? [];
  return version === '' ? null : { version, weights: { [other]: Number(percent) / 100 } };
}

const VERSION = /^(?:\d+|\$LATEST)$/;
const SHARED = /^(\d+|\$LATEST) [\d.]+%, (\d+|\$LATEST) ([\d.]+)%$/;

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))}%`;
}
