/** An alias's version, and the shares (0 to 1) of its invocations that other versions get. */
export interface Configuration {
  readonly version: string;
  readonly weights: Readonly<Record<string, number>>;
}

export const LATEST = '$LATEST';

/**
 * Returns the other version and its share, or null if the alias's own version gets everything. Lambda allows one other.
 */
export function second({
  weights,
}: Configuration): { readonly version: string; readonly share: number } | null {
  const [other] = Object.entries(weights).filter(([, weight]) => weight > 0);
  return other === undefined ? null : { version: other[0], share: other[1] };
}

/** Returns the versions that the configuration names, the alias's own first. */
export function versionsOf(configuration: Configuration): readonly string[] {
  const other = second(configuration);
  return other === null ? [configuration.version] : [configuration.version, other.version];
}

/** Writes a configuration for people to read: `8`, or `7 90%, 8 10%`. Equal configurations have equal texts. */
export function textOf(configuration: Configuration): string {
  const other = second(configuration);
  if (other === null) return configuration.version;
  return `${configuration.version} ${percent(1 - other.share)}, ${other.version} ${percent(other.share)}`;
}

/** Reads text written by `textOf`; null for any other text. */
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
