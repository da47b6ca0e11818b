import type { Kept, Readiness } from '../readiness/document.ts';
import type { Instant } from '../rollback/request.ts';

/** A target whose change is old enough to be checked. */
export interface Changed {
  readonly target: string;
  /** Names the change. */
  readonly change: string;
}

/** The checks of readiness: the last one of each target, and when the next is due. */
export interface Readinesses {
  /** Returns the last check of a target, or null. */
  of(target: string): Promise<Kept | null>;
  /** Returns the last check of every target, in order of name. */
  all(): Promise<readonly Kept[]>;
  /** Stores a check. Returns false, and stores nothing, if a later one is stored. */
  keep(kept: Kept): Promise<boolean>;
  /** Forgets a target that is gone. */
  forget(target: string, at: Instant): Promise<void>;
  /** Returns the names of the targets that were checked lately. */
  known(): Promise<readonly string[]>;
  /** Returns the targets that changed CHANGE_MINUTES ago, and whose check was not started since. */
  changed(now: Instant): Promise<readonly Changed[]>;
  /** Records that the check after a change was started. */
  started(changed: Changed, at: Instant): Promise<void>;
  /** Returns the instant up to which daily checks were started, or null before the first time. */
  dailyUntil(): Promise<Instant | null>;
  keepDailyUntil(until: Instant, now: Instant): Promise<void>;
}

/** A target is checked so long after a change: most soaks are over then. */
export const CHANGE_MINUTES = 30;

export type { Kept, Readiness };
