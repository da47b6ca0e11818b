import type { Instant } from '../rollback/request.ts';

/** How far back a firing is remembered: a day, so that what happens at the same hour every day shows, and two hours. */
export const REMEMBERED_HOURS = 26;

/** How many firings of one alert are kept, the newest: an alert that flaps all day must not make an item grow. */
export const MAX_FIRINGS = 50;

/** One alert about one target, as a monitoring tool knows it over all its turns. */
export interface Remembered {
  readonly by: string;
  readonly alert: string;
  readonly target: string;
}

/** When alerts of monitoring tools fired: none of the tools can be asked for it. */
export interface Firings {
  /**
   * Remembers that an alert fired, and returns the moments before `at` at which it did, oldest first. Told again, nothing
   * changes.
   * @throws Unavailable when others write the same alert's item all the time
   */
  remember(alert: Remembered, at: Instant, now: Instant): Promise<readonly Instant[]>;
}
