import type { Channel } from './channel.ts';
import type { App } from './signed.ts';

/** The app and the channel that people use. */
export interface PeopleOptions extends App {
  readonly channel: Channel;
}
