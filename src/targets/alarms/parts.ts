import { kinds } from '../kinds.ts';
import type { Parts } from '../kind.ts';
import { readTarget } from '../target.ts';

/** The most targets that a text names. */
const MAX_LISTED = 5;

/** Writes `lambda:checkout/beta and lambda:checkout/live`. */
export function listed(targets: readonly string[]): string {
  const rest = targets.length - MAX_LISTED;
  const shown = rest > 0 ? [...targets.slice(0, MAX_LISTED), `${rest} more`] : targets;
  return [shown.slice(0, -1).join(', '), ...shown.slice(-1)].filter(Boolean).join(' and ');
}

/** Returns the dimension that puts an alarm on this target alone. Null: the target is no part of what an alarm watches. */
export function dimensionOf(target: string): string | null {
  const { name, parts } = partsOf(target);
  return parts?.dimensionOf(name) ?? null;
}

/** Says whether an ARN is that of what a target is a part of. */
export function isWholeOf(target: string, arn: string): boolean {
  const { name, parts } = partsOf(target);
  if (parts === undefined) return false;
  const { service, resource } = parts.wholeOf(name);
  return arn.split(':')[2] === service && arn.endsWith(`:${resource}`);
}

function partsOf(target: string): { readonly name: string; readonly parts: Parts | undefined } {
  const { kind, name } = readTarget(target);
  return { name, parts: kinds.find((one) => one.name === kind)?.parts };
}
