import { inTime } from '../lambda/in-time.ts';
import { logger } from '../lambda/logger.ts';

/** The known targets, in order of name. */
export interface KnownTargets {
  readonly targets: readonly string[];
  /** True if the tags could not be read. Then some targets may be missing. */
  readonly unread: boolean;
}

/**
 * Returns the targets in the ledger together with the tagged ones (ADR 12). Returns only those in the ledger if AWS
 * does not return the tags in time.
 * @param withinMs milliseconds that AWS has to return the tags
 */
export function createTargets(
  ledger: () => Promise<readonly string[]>,
  tagged: () => Promise<readonly string[]>,
  withinMs: number,
): () => Promise<KnownTargets> {
  return async () => {
    const [known, found] = await Promise.all([ledger(), inTime(withinMs, tagged)]);
    if (found === null) logger.warn('the tags could not be read');
    return { targets: [...new Set([...known, ...(found ?? [])])].sort(), unread: found === null };
  };
}

/** Returns the targets that this person may touch. Slack shows them no others. */
export async function visibleTo(
  user: string,
  targets: readonly string[],
  may: (user: string, target: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const target of targets) if (await may(user, target)) found.push(target);
  return found;
}
