import { NoAnswer, type Ask } from '../../src/lambda/ask.ts';
import type { BothSides, Probed } from '../../src/lookout/document.ts';
import { readSettings } from '../../src/rollback/settings.ts';

/** Sends the probes of one look. Never throws: one without a connection is not counted. */
export type SendProbes = (sides: BothSides, usualSeconds: number | null) => Promise<readonly Probed[]>;

/** One probe a look proves nothing, and more would be traffic of their own. */
const PROBES_PER_LOOK = 5;

/** Shorter than the timeout of the function. */
const PROBE_MILLISECONDS = 5_000;

/** An answer is slow if it takes so much longer than before the deployment, and more than a second. */
const SLOW = { times: 3, seconds: 1 } as const;

/** Sends each look a handful of GETs, to the URLs of `lastgood:probe` in turn. */
export function createSendProbes(ask: Ask): SendProbes {
  return async ({ tags, testProbes = [] }, usualSeconds) => {
    const through = [
      ['users', readSettings(tags).probes],
      ['newer', testProbes],
    ] as const;
    return Promise.all(
      through.filter(([, urls]) => urls.length > 0).map(([to, urls]) => probe(ask, to, urls, usualSeconds)),
    );
  };
}

async function probe(
  ask: Ask,
  through: Probed['through'],
  urls: readonly string[],
  usualSeconds: number | null,
): Promise<Probed> {
  const sent = Array.from({ length: PROBES_PER_LOOK }, (_, index) => urls[index % urls.length] ?? '');
  const answers = (await Promise.all(sent.map((url) => answerOf(ask, url)))).filter((one) => one !== null);
  const seconds = answers.filter((one) => one !== 'failed');
  const limit = usualSeconds === null ? Infinity : Math.max(SLOW.seconds, SLOW.times * usualSeconds);
  return {
    through,
    sent: answers.length,
    failed: answers.length - seconds.length,
    slow: seconds.filter((one) => one > limit).length,
    seconds: seconds.toSorted((one, other) => one - other)[Math.floor(seconds.length / 2)] ?? null,
  };
}

/**
 * Returns how long a good answer took. Null: no connection was made, which may be the fault of this function's own
 * network, and says nothing about the target.
 */
async function answerOf(ask: Ask, url: string): Promise<number | 'failed' | null> {
  try {
    const { response, seconds } = await ask(new URL(url), PROBE_MILLISECONDS);
    return response.ok ? seconds : 'failed';
  } catch (error) {
    return error instanceof NoAnswer && error.isLate ? 'failed' : null;
  }
}
