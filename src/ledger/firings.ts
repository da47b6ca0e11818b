import type { Instant } from '../rollback/request.ts';

/** How long a firing is remembered: a day, to recognise an alert that fires at the same hour daily, and two hours. */
export const REMEMBERED_HOURS = 26;

/** The most firings that are kept of one alert, the newest, so that a flapping alert cannot make an item grow. */
export const MAX_FIRINGS = 50;

/** One alert about one target, over all its turns. */
export interface Remembered {
  readonly by: string;
  readonly alert: string;
  readonly target: string;
}

/** The firings of monitoring tools' alerts. Lastgood cannot ask the tools for them later. */
export interface Firings {
  /**
   * Records that an alert fired at `at`, and returns its firings before that, oldest first. Idempotent.
   * @throws Unavailable if other invocations keep writing the same alert's item
   */
  remember(alert: Remembered, at: Instant, now: Instant): Promise<readonly Instant[]>;
}
