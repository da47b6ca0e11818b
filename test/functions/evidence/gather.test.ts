import { describe, expect, it } from 'vitest';
import { gather, type EvidenceSource } from '../../../functions/evidence/gather.ts';
import type { Planned } from '../../../src/rollback/document.ts';

const AT = '2026-11-22T03:00:00.000Z';
const never = new AbortController().signal;

function source(name: string, read: EvidenceSource['read']): EvidenceSource {
  return { name, read };
}

describe('gathering', () => {
  it('keeps the evidence found, and names each missing part with its reason', async () => {
    const evidence = await gather(
      {} as Planned,
      [source('a', () => Promise.resolve(['one'])), source('b', () => Promise.reject(new TypeError('no')))],
      AT,
      never,
    );
    expect(evidence).toEqual({
      at: AT,
      found: [{ source: 'a', lines: ['one'] }],
      missing: [{ source: 'b', reason: 'TypeError: no' }],
    });
  });

  it('does not wait for a source after its time is over', async () => {
    const time = new AbortController();
    const hanging = source('slow', () => new Promise(() => undefined));
    const gathered = gather(
      {} as Planned,
      [source('fast', () => Promise.resolve(['one'])), hanging],
      AT,
      time.signal,
    );
    time.abort();
    expect(await gathered).toMatchObject({
      missing: [{ source: 'slow', reason: 'Error: did not answer in time' }],
    });
  });

  it('does not begin after its time is over', async () => {
    const gathered = await gather(
      {} as Planned,
      [source('a', () => new Promise(() => undefined))],
      AT,
      AbortSignal.abort(),
    );
    expect(gathered.missing).toHaveLength(1);
  });

  it('stays a small part of the document', async () => {
    const long = Array.from({ length: 1000 }, () => 'x'.repeat(10_000));
    const evidence = await gather({} as Planned, [source('a', () => Promise.resolve(long))], AT, never);
    expect(JSON.stringify(evidence).length).toBeLessThan(16_000);
    expect(evidence.found[0]!.lines.at(-1)).toBe('and 975 more');
  });
});
