import type { Probe } from '../../src/lambda/probe.ts';
import type { BothSides, Probed } from '../../src/lookout/document.ts';
import { readSettings } from '../../src/rollback/settings.ts';

/** Sends the probes of one look. Never throws: one without a connection is not counted. */
export type SendProbes = (sides: BothSides, usualSeconds: number | null) => Promise<readonly Probed[]>;

/** One probe a look proves nothing, and more would be traffic of their own. */
const PROBES_PER_LOOK = 5;

/** An answer is slow if it takes so much longer than before the deployment, and more than a second. */
const SLOW = { times: 3, seconds: 1 } as const;

/** Sends each look a handful of GETs, to the URLs of `lastgood:probe` in turn. */
export function createSendProbes(probe: Probe): SendProbes {
  return async ({ tags, testProbes = [] }, usualSeconds) => {
    const through = [
      ['users', readSettings(tags).probes],
      ['newer', testProbes],
    ] as const;
    return Promise.all(
      through
        .filter(([, urls]) => urls.length > 0)
        .map(([to, urls]) => probed(probe, to, urls, usualSeconds)),
    );
  };
}

async function probed(
  probe: Probe,
  through: Probed['through'],
  urls: readonly string[],
  usualSeconds: number | null,
): Promise<Probed> {
  const answers = await probe(urls, PROBES_PER_LOOK);
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
