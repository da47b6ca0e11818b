import type { Ground } from './ground.ts';
import { record } from './record.ts';
import type { Subject } from './subject.ts';

/** Minutes until the slowest kind has deployed its first release. */
const DEPLOYED_MINUTES = 10;

/** The sweep proves some revisions each minute; a run waits so long for the last ones. */
const MAX_WAIT_MINUTES = 60;

/**
 * Lets time pass, without limits and at no cost of calls, until Lastgood has proven the first release of every target.
 * Returns how many are proven.
 */
export async function untilProven(
  ground: Ground,
  subjects: readonly Subject[],
  soakMinutes: number,
  tell: (what: string) => void,
): Promise<number> {
  await ground.minutes(DEPLOYED_MINUTES + soakMinutes);
  let proven = await provenOf(ground, subjects);
  for (let waited = 0; proven < subjects.length && waited < MAX_WAIT_MINUTES; waited++) {
    await ground.minutes(1);
    proven = await provenOf(ground, subjects);
    if (waited % 5 === 0) tell(`${proven} of ${subjects.length} first releases are proven`);
  }
  return proven;
}

async function provenOf({ runtime }: Ground, subjects: readonly Subject[]): Promise<number> {
  const items = (await runtime.items()).map(record);
  const proven = new Set(items.filter((item) => 'provenAt' in item).map(({ target }) => target));
  return subjects.filter(({ target }) => proven.has(target)).length;
}
