import type { Instant } from '../rollback/request.ts';

/** The announcement of a pause that lasts. */
export interface LastAnnounced {
  /** The order, as the parameter would hold it. A changed reason is announced at once. */
  readonly order: string;
  readonly since: Instant;
  /** When it was announced last. */
  readonly at: Instant;
}

/** What was announced of a pause, so that each is announced once an hour. */
export interface Announced {
  /** Returns null while no pause is announced. */
  last(): Promise<LastAnnounced | null>;
  keep(announced: LastAnnounced): Promise<void>;
  /** Ends it, because Lastgood was resumed. */
  end(at: Instant): Promise<void>;
}
