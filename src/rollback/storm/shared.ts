import type { Artefact } from '../plan.ts';
import { keyOf } from './artefacts.ts';

/** What the deployments of several targets have in common. */
export interface Shared extends Pick<Artefact, 'by' | 'name'> {
  readonly targets: number;
}

/** In this order where as many targets share two things: an image says more than the commit that it was built from. */
const BY: readonly Artefact['by'][] = ['image', 'launch-template', 'commit'];

/** One that is alone shares nothing. */
const MIN_TARGETS = 2;

/** Returns the largest group with one artefact in common, or null. Ties have the same answer in any order. */
export function sharedAmong(all: readonly { readonly deploys: readonly Artefact[] }[]): Shared | null {
  const groups = new Map<string, Shared & Pick<Artefact, 'id'>>();
  for (const { deploys } of all)
    for (const one of new Map(deploys.map((artefact) => [keyOf(artefact), artefact])).values()) {
      const { name = one.name, targets = 0 } = groups.get(keyOf(one)) ?? {};
      groups.set(keyOf(one), { ...one, name: name < one.name ? name : one.name, targets: targets + 1 });
    }
  const [largest] = [...groups.values()].toSorted(
    (one, other) =>
      other.targets - one.targets ||
      BY.indexOf(one.by) - BY.indexOf(other.by) ||
      compare(one.name, other.name) ||
      compare(one.id, other.id),
  );
  if (largest === undefined || largest.targets < MIN_TARGETS) return null;
  const { by, name, targets } = largest;
  return { by, name, targets };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
