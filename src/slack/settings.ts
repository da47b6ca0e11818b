import type { Parameters } from '../aws/parameters.ts';

/** What an operator puts into Parameter Store, below one prefix: `/lastgood/prod/slack/`. */
export type Setting = 'signing-secret' | 'bot-token' | 'channel' | 'access';

/**
 * Reads some of them, once: a Lambda's container keeps what it has read, so a new secret is used by new containers. What
 * is not there is left out, and is asked for again next time: Slack may be set up after the stack.
 */
export function createSettings<const Wanted extends Setting>(
  read: Parameters,
  prefix: string,
  ...wanted: readonly Wanted[]
): () => Promise<{ readonly [name in Wanted]?: string }> {
  let known: { readonly [name in Wanted]?: string } | undefined;
  return async () => {
    if (known !== undefined) return known;
    const values = await read(wanted.map((name) => prefix + name));
    const found = Object.fromEntries([...values].map(([name, value]) => [name.slice(prefix.length), value]));
    if (values.size === wanted.length) known = found as { readonly [name in Wanted]?: string };
    return found as { readonly [name in Wanted]?: string };
  };
}
