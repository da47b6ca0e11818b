import { named } from '../aws/errors.ts';
import { Throttled, Unavailable } from '../rollback/errors.ts';
import type { Finding } from '../readiness/finding.ts';
import { notRead } from '../readiness/not-read.ts';

/**
 * Returns the findings of a read, or the finding that it failed: what cannot be read is never fine.
 * @param what the subject of the sentence: `the lifecycle policy of shop/checkout`
 * @throws Throttled, Unavailable: the machine retries them
 */
export async function readOr(
  what: string,
  read: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await read();
  } catch (error) {
    const known = named(error);
    if (known instanceof Throttled || known instanceof Unavailable) throw known;
    return [notRead(what, known)];
  }
}
