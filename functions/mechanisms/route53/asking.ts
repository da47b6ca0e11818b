import { isAutomatic, rehearsalOf, type Request } from '../../../src/rollback/request.ts';
import { askingFor, type Reserved } from '../../../src/rollback/still-proven.ts';
import type { Capacity } from './capacity.ts';

/** Returns why a person decides on a way back: it is not proven, or nothing shows that its records can take traffic. */
export function askingWith(
  to: string,
  reserved: Reserved,
  { unseen }: Pick<Capacity, 'unseen'>,
  request: Request,
): { readonly doubt?: string } {
  const { doubt } = askingFor(to, reserved);
  const all = [doubt ?? [], mayDecide(request) ? [] : whyUnseen(unseen)].flat();
  return all.length === 0 ? {} : { doubt: all.join(' ') };
}

/** Says whether a person has decided already: the notes of the plan name each record whose health is unknown. */
function mayDecide(request: Request): boolean {
  return !isAutomatic(request) && rehearsalOf(request)?.way !== 'back';
}

/**
 * Returns the doubt about records that have no traffic. Their servers may be gone, and then all users would lose the
 * service. A probe of the users' URL shows only what answers now.
 */
function whyUnseen(unseen: readonly string[]): readonly string[] {
  if (unseen.length === 0) return [];
  const [have, their] = unseen.length === 1 ? ['has', 'its'] : ['have', 'their'];
  return [
    `${unseen.join(' and ')} ${have} no traffic now, and no health check shows that ${their} servers still answer, so a person decides.`,
  ];
}
