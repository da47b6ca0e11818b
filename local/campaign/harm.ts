import { isServed } from '../scenarios/journal.ts';
import type { Harm, Night } from './night.ts';

const LOOKS_EVERY_MS = 1_000;

/** Notes from now on when users hurt. The traffic itself keeps only the last time. */
export function noteHarm({ stage: { world, traffic } }: Pick<Night, 'stage'>): Harm[] {
  const harm: Harm[] = [];
  world.clock.every(
    LOOKS_EVERY_MS,
    () => {
      const last = harm.at(-1);
      const hurts = last?.to === null;
      if (isServed(traffic) !== hurts) return;
      if (hurts) last.to = traffic.restoredAt()?.getTime() ?? world.clock.now();
      else harm.push({ from: traffic.badSince()?.getTime() ?? world.clock.now(), to: null });
    },
    true,
  );
  return harm;
}
