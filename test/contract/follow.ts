import type { Followed } from '../../src/lookout/document.ts';
import type { SidesAnswer } from '../../src/lookout/sided.ts';
import { readDeployment } from '../../src/targets/deployment.ts';
import type { ObservedDeployment } from '../../src/targets/kind.ts';

/** Returns the document of a lookout at its first reading. */
export function followed(target: string, startedAt: string, more: Partial<Followed> = {}): Followed {
  return { kind: target.slice(0, target.indexOf(':')), target, deployment: 'begun', startedAt, ...more };
}

/** Returns the document at a later reading, after these sides. */
export function again(before: Followed, sides: SidesAnswer): Followed {
  return { ...before, sides: { ...sides, at: before.startedAt } };
}

/** Returns the deployments that events of the embedded AWS name, as the bus delivers them. */
export function toldBy(events: readonly object[], time: string): readonly ObservedDeployment[] {
  const envelope = { version: '0', id: 'e-1', account: '111122223333', region: 'eu-west-1', time };
  return events
    .map((event) => readDeployment({ ...envelope, resources: [], ...event }))
    .flatMap((read) => ('observed' in read ? [read.observed] : []));
}
