import type { Parameters } from '../aws/parameters.ts';
import type { Secret } from '../aws/secret.ts';
import { KEPT_SECONDS } from '../lambda/kept.ts';
import type { Instant } from '../rollback/request.ts';
import { after, isAfter } from '../rollback/time.ts';

/** The settings that an operator puts into Parameter Store below one prefix: `/lastgood/prod/slack/`. */
export type Setting = 'signing-secret' | 'bot-token' | 'channel' | 'access';

/**
 * Reads the wanted settings, and keeps them for a minute, so that a new token or a withdrawn permission takes effect
 * soon. Leaves out a setting that is missing, and then reads all of them again next time: Slack may be set up after the
 * stack.
 */
export function createSettings<const Wanted extends Setting>(
  read: Parameters,
  prefix: string,
  now: () => Instant,
  ...wanted: readonly Wanted[]
): () => Promise<{ readonly [name in Wanted]?: Secret }> {
  type Settings = { readonly [name in Wanted]?: Secret };
  let known: Settings | undefined;
  let until = '';
  return async () => {
    if (known !== undefined && isAfter(until, now())) return known;
    const values = await read(wanted.map((name) => prefix + name));
    const found = [...values].map(([name, value]) => [name.slice(prefix.length), value] as const);
    const all = Object.fromEntries(found) as Settings;
    known = found.length === wanted.length ? all : undefined;
    until = after(now(), KEPT_SECONDS);
    return all;
  };
}
