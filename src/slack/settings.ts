import type { Parameters } from '../aws/parameters.ts';
import type { Instant } from '../rollback/request.ts';
import { after, isAfter } from '../rollback/time.ts';

/** What an operator puts into Parameter Store, below one prefix: `/lastgood/prod/slack/`. */
export type Setting = 'signing-secret' | 'bot-token' | 'channel' | 'access';

/** What is read again, and how often: whom the rules let no more is let no more a minute later. */
const CHANGES: Setting = 'access';
const REREAD_SECONDS = 60;

/**
 * Reads some of them, once: a Lambda's container keeps what it has read, so a new secret is used by new containers; only
 * `access` is read again. While something is not there it is left out, and all are asked for again next time: Slack may be
 * set up after the stack.
 */
export function createSettings<const Wanted extends Setting>(
  read: Parameters,
  prefix: string,
  now: () => Instant,
  ...wanted: readonly Wanted[]
): () => Promise<{ readonly [name in Wanted]?: string }> {
  type Settings = { readonly [name in Wanted]?: string };
  let known: Settings | undefined;
  let until = '';
  return async () => {
    const changing = wanted.filter((name) => name === CHANGES);
    const due = known === undefined ? wanted : isAfter(until, now()) ? [] : changing;
    if (known !== undefined && due.length === 0) return known;
    const values = await read(due.map((name) => prefix + name));
    const lasting = Object.entries(known ?? {}).filter(([name]) => name !== CHANGES);
    const found = [...values].map(([name, value]) => [name.slice(prefix.length), value] as const);
    const all = Object.fromEntries([...lasting, ...found]) as Settings;
    known = Object.keys(all).length === wanted.length ? all : undefined;
    until = after(now(), REREAD_SECONDS);
    return all;
  };
}
