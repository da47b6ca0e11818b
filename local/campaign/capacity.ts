import type { Capacity, Night } from './night.ts';

/** A change by Lastgood lasts longer than this, so a look now and then finds it. */
const LOOKS_EVERY_MS = 15_000;

/** Notes from now on what the target is set to run. */
export function noteCapacity({ stage: { world }, subject }: Pick<Night, 'stage' | 'subject'>): Capacity[] {
  const capacity: Capacity[] = [];
  const look = () => {
    const count = subject.capacity?.();
    if (count === undefined) return;
    const at = world.clock.now();
    const last = capacity.at(-1);
    if (last?.count === count) last.seenAt = at;
    else capacity.push({ at, seenAt: at, count });
  };
  world.clock.every(LOOKS_EVERY_MS, look, true);
  return capacity;
}
