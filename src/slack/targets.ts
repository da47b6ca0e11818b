import { inTime } from '../lambda/in-time.ts';
import { logger } from '../lambda/logger.ts';

/** Targets that there are, in order of name. */
export interface KnownTargets {
  readonly targets: readonly string[];
  /** What is tagged could not be read: some may be missing. */
  readonly unread: boolean;
}

/**
 * What the ledger knows united with what is tagged (ADR 12). Who asks is answered from the ledger when AWS does not say
 * in time what is tagged.
 * @param withinMs milliseconds that AWS has for it
 */
export function createTargets(
  ledger: () => Promise<readonly string[]>,
  tagged: () => Promise<readonly string[]>,
  withinMs: number,
): () => Promise<KnownTargets> {
  return async () => {
    const [known, found] = await Promise.all([ledger(), inTime(withinMs, tagged)]);
    if (found === null) logger.warn('what is tagged was not read');
    return { targets: [...new Set([...known, ...(found ?? [])])].sort(), unread: found === null };
  };
}

/** Those that this person may touch: no others are ever named to them. */
export async function visibleTo(
  user: string,
  targets: readonly string[],
  may: (user: string, target: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const target of targets) if (await may(user, target)) found.push(target);
  return found;
}
