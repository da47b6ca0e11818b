import type { Channel } from './channel.ts';
import type { App } from './signed.ts';

/** Whom people speak to, and where. */
export interface PeopleOptions extends App {
  readonly channel: Channel;
}
