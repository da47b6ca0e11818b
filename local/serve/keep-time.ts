import { setTimeout } from 'node:timers/promises';
import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';

/** Real milliseconds between two advances of the virtual clock. */
const BEAT_MS = 100;

export interface Time {
  /** Virtual seconds in one real second. */
  readonly speed: number;
  readonly ended: AbortSignal;
  /** Called with each error of something that was due. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Lets the virtual clock run beside the real one until it is ended. An error of something that was due stops neither: a
 * server must survive whatever its clients asked for.
 */
export async function keepTime(clock: Clock, { speed, ended, onTrouble }: Time): Promise<void> {
  const [real, virtual] = [Date.now(), clock.now()];
  while (!ended.aborted) {
    await setTimeout(BEAT_MS, undefined, { signal: ended }).catch(() => undefined);
    const until = virtual + (Date.now() - real) * speed;
    // The clock leaves out what failed, so each attempt goes on behind it.
    while (!(await ranTo(until))) continue;
  }

  async function ranTo(until: number): Promise<boolean> {
    try {
      await clock.run(() => ended.aborted, until);
      return true;
    } catch (error) {
      onTrouble(error);
      return false;
    }
  }
}
