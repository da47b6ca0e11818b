import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';

const ERRORS_WHEN_WELL = 0.0001;

/** More than half of the requests fail: nobody doubts that users hurt. */
const ERRORS_WHEN_BROKEN = 0.6;

/** A release that is well. */
export const GOOD: Behaviour = {
  startSeconds: 10,
  health: 'passes',
  errorRate: ERRORS_WHEN_WELL,
  latency: 0.08,
};

/** Returns a release that is well until an instant (milliseconds since the epoch), and then fails for its users. */
export function failingFrom(instant: number, now: () => number): Behaviour {
  return {
    ...GOOD,
    get errorRate() {
      return now() < instant ? ERRORS_WHEN_WELL : ERRORS_WHEN_BROKEN;
    },
  };
}
