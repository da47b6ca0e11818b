import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';

/** So many calls may come at once, and the rest of them at this pace. */
interface Limit {
  readonly burst: number;
  readonly perMinute: number;
}

/**
 * The tiers, per method and minute. "Bursts are tolerated" is all that is said of more: none are here.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const tier = (perMinute: number): Limit => ({ burst: perMinute, perMinute });
const TIERS: Readonly<Record<string, Limit>> = {
  'chat.update': tier(50),
  'usergroups.users.list': tier(20),
  'files.getUploadURLExternal': tier(100),
  'files.completeUploadExternal': tier(100),
  'views.open': tier(100),
};

/**
 * One message a second in a channel. "Short bursts >1 allowed" comes without a number, so three are taken; a story may
 * leave less. The limit of a workspace, "several hundred messages per minute", is out of reach of one channel.
 */
const POST: Limit = { burst: 3, perMinute: 60 };

/** A method that no page is known of here is held to the lowest tier but one, as "most methods" are. */
const OTHER = tier(20);

interface Level {
  tokens: number;
  /** Epoch milliseconds of virtual time. */
  at: number;
  /** Before this instant a call is impatient: it was told to wait until then. */
  waitUntil: number;
}

/** Rate limits of one app in one workspace with one channel. */
export class RateLimits {
  /** How often a call was turned away. */
  turnedAway = 0;
  /** Calls that came before the time that Retry-After had told for their method. */
  readonly impatient: string[] = [];
  readonly #clock: Clock;
  readonly #levels = new Map<string, Level>();
  readonly #story = new Map<string, Limit>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Gives a method another limit: what the app's other work leaves of it. */
  set(method: string, limit: Limit): void {
    this.#story.set(method, limit);
    this.#levels.delete(method);
  }

  /** Null when a call may pass; else the whole seconds after which it may be made again. */
  take(method: string): number | null {
    const now = this.#clock.now();
    const { burst, perMinute } = this.#limitOf(method);
    const before = this.#levels.get(method) ?? { tokens: burst, at: now, waitUntil: 0 };
    if (now < before.waitUntil) this.impatient.push(method);
    const tokens = Math.min(burst, before.tokens + ((now - before.at) / 60_000) * perMinute);
    const passes = tokens >= 1;
    const seconds = Math.ceil(((1 - tokens) / perMinute) * 60);
    const waitUntil = passes ? before.waitUntil : now + seconds * 1000;
    this.#levels.set(method, { tokens: passes ? tokens - 1 : tokens, at: now, waitUntil });
    if (passes) return null;
    this.turnedAway++;
    return seconds;
  }

  #limitOf(method: string): Limit {
    return this.#story.get(method) ?? (method === 'chat.postMessage' ? POST : (TIERS[method] ?? OTHER));
  }
}
