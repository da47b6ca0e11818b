import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';

/** Calls that may come at once, and the rate at which they are refilled. */
interface Limit {
  readonly burst: number;
  readonly perMinute: number;
}

/**
 * The tiers, per method and minute. The page says no more of bursts than "Bursts are tolerated", so none are allowed
 * here. https://docs.slack.dev/apis/web-api/rate-limits
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
 * One message a second in a channel. "Short bursts >1 allowed" comes without a number, so three pass; a story may allow
 * fewer. One channel cannot reach the limit of a workspace, "several hundred messages per minute".
 */
const POST: Limit = { burst: 3, perMinute: 60 };

/** A method without a page here gets the second lowest tier, as "most methods" do. */
const OTHER = tier(20);

interface Level {
  tokens: number;
  /** Epoch milliseconds of virtual time. */
  at: number;
  /** End of the last Retry-After. A call before this instant is too early. */
  waitUntil: number;
}

/** Rate limits of one app in one workspace with one channel. */
export class RateLimits {
  /** Number of throttled calls. */
  throttled = 0;
  /** Methods of the calls that came before their Retry-After had passed. */
  readonly early: string[] = [];
  /** Returns the time of a call. A function that waits is ahead of the world's clock. */
  now: () => number;
  readonly #levels = new Map<string, Level>();
  readonly #story = new Map<string, Limit>();

  constructor(clock: Clock) {
    this.now = () => clock.now();
  }

  /** Gives a method another limit, as if other work of the app used up the rest. */
  set(method: string, limit: Limit): void {
    this.#story.set(method, limit);
    this.#levels.delete(method);
  }

  /** Ends the effect of `set`. */
  reset(method: string): void {
    this.#story.delete(method);
    this.#levels.delete(method);
  }

  /** Counts a call. Returns null if it may pass, or else the whole seconds until a retry. */
  take(method: string): number | null {
    const { burst, perMinute } = this.#limitOf(method);
    const before = this.#levels.get(method) ?? { tokens: burst, at: 0, waitUntil: 0 };
    // One function is called after the other, and the one before may have waited for longer.
    const now = Math.max(this.now(), before.at);
    if (now < before.waitUntil) this.early.push(method);
    const tokens = Math.min(burst, before.tokens + ((now - before.at) / 60_000) * perMinute);
    const passes = tokens >= 1;
    const seconds = Math.ceil(((1 - tokens) / perMinute) * 60);
    const waitUntil = passes ? before.waitUntil : now + seconds * 1000;
    this.#levels.set(method, { tokens: passes ? tokens - 1 : tokens, at: now, waitUntil });
    if (passes) return null;
    this.throttled++;
    return seconds;
  }

  #limitOf(method: string): Limit {
    return this.#story.get(method) ?? (method === 'chat.postMessage' ? POST : (TIERS[method] ?? OTHER));
  }
}
