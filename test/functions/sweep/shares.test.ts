import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../../functions/sweep/kinds.ts';
import { SHARES } from '../../../functions/sweep/shares.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { QUOTAS } from '../../../src/quotas/quotas.ts';
import type { Share } from '../../../src/targets/kind.ts';

const surroundings: Surroundings = {
  connect: (Service) =>
    new Service({ maxAttempts: 1, requestHandler: { connectionTimeout: 1, requestTimeout: 1 } }),
  setting: (name) => name,
  variable: () => undefined,
  now: () => '2026-11-22T03:00:00.000Z',
  wait: () => Promise.reject(new Error('not to be called')),
  fetch: () => Promise.reject(new Error('not to be called')),
};

const all: readonly Share[] = [
  ...Object.values(kinds).flatMap((create) => create(surroundings).shares),
  ...SHARES,
];

/** Calls a minute, by bucket. Leaves out kinds that do not read in pages yet. */
const taken = new Map<string, number>();
for (const { quota, callsPerMinute } of all)
  if (!quota.endsWith('(not measured)')) taken.set(quota, (taken.get(quota) ?? 0) + callsPerMinute);

const [, section = ''] =
  /^## What the sweep reads\n(.*?)^## /ms.exec(readFileSync('README.md', 'utf8')) ?? [];
const rows = [...section.matchAll(/^\| (.+?) +\| (\d+) +\| (\d+) +\|/gm)].map(
  ([, bucket = '', refill, share]) => ({ bucket, refill: Number(refill), share: Number(share) }),
);

describe('"What the sweep reads" in the README', () => {
  it('names each bucket with the share that the code has', () => {
    expect(new Map(rows.map(({ bucket, share }) => [bucket, share]))).toEqual(taken);
  });

  it('says at which rate AWS refills them', () => {
    for (const { bucket, refill } of rows) {
      const quota = QUOTAS.find(({ name }) => name === bucket);
      if (quota !== undefined) expect([bucket, refill]).toEqual([bucket, quota.perSecond * 60]);
    }
  });
});

it('the sweep takes at most a fifth of any bucket', () => {
  for (const { bucket, refill, share } of rows) expect(share, bucket).toBeLessThanOrEqual(refill / 5);
});
