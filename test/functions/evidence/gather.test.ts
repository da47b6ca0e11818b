import { describe, expect, it } from 'vitest';
import { gather } from '../../../functions/evidence/gather.ts';
import type { EvidenceSource } from '../../../functions/evidence/source.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import { ready, request } from '../../src/rollback/documents.ts';

const AT = '2026-11-22T03:00:00.000Z';
const rollback = { request, plan: ready } as unknown as Planned;
const never = new AbortController().signal;

function source(name: string, read: EvidenceSource['read']): EvidenceSource {
  return { name, read };
}

describe('gathering', () => {
  it('keeps the evidence found, and names each missing part with its reason', async () => {
    const evidence = await gather(
      rollback,
      [
        source('a', () => Promise.resolve({ lines: ['one'] })),
        source('b', () => Promise.reject(new TypeError('no'))),
      ],
      AT,
      never,
    );
    expect(evidence).toEqual({
      at: AT,
      found: [{ source: 'a', lines: ['one'] }],
      missing: [{ source: 'b', reason: 'TypeError: no' }],
      triage: { cause: 'unknown', says: 'Nothing that was found names a cause.', because: [] },
    });
  });

  it('asks only the sources of the kind of target', async () => {
    const lines = () => Promise.resolve({ lines: ['one'] });
    const sources = (['ecs', 'asg', 'lambda'] as const).map((kind) => ({ ...source(kind, lines), kind }));
    const { found } = await gather(rollback, [...sources, source('all', lines)], AT, never);
    expect(found.map((one) => one.source)).toEqual(['ecs', 'all']);
  });

  it('does not wait for a source after its time is over', async () => {
    const time = new AbortController();
    const hanging = source('slow', () => new Promise(() => undefined));
    const gathered = gather(
      rollback,
      [source('fast', () => Promise.resolve({ lines: ['one'] })), hanging],
      AT,
      time.signal,
    );
    time.abort();
    expect(await gathered).toMatchObject({
      missing: [{ source: 'slow', reason: 'did not answer in time' }],
    });
  });

  it('does not begin after its time is over', async () => {
    const gathered = await gather(
      rollback,
      [source('a', () => new Promise(() => undefined))],
      AT,
      AbortSignal.abort(),
    );
    expect(gathered.missing).toHaveLength(1);
  });

  it('stays a small part of the document, whatever the sources find', async () => {
    const long = Array.from({ length: 1000 }, () => 'ü'.repeat(10_000));
    const lines = () => Promise.resolve({ lines: long });
    const sources = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => source(name, lines));
    const few = source('few', () => Promise.resolve({ lines: ['one'] }));
    const evidence = await gather(rollback, [...sources, few], AT, never);
    expect(Buffer.byteLength(JSON.stringify(evidence))).toBeLessThan(26 * 1024);
    expect(evidence.found.at(-1)!.lines).toEqual(['one']);
    expect(evidence.found[0]!.lines.at(-1)).toMatch(/^and 9\d\d more$/);
  });

  it('masks what one source hides in the lines, traces and reasons of all, before it cuts them', async () => {
    const hidden = { values: ['p'.repeat(300), 'open-sesame'], names: ['PIN'] };
    const crash = {
      isAtFault: true,
      code: 'EssentialContainerExited',
      reason: '',
      containers: [{ name: 'app', exitCode: 1, reason: '' }],
      line: 'app open-sesame',
    };
    const evidence = await gather(
      rollback,
      [
        source('definition', () => Promise.resolve({ lines: [], hidden })),
        source('stopped tasks', () =>
          Promise.resolve({ lines: ['open-sesame'], traces: { stops: [crash] } }),
        ),
        {
          ...source('logs', () =>
            Promise.resolve({ lines: [`${'x'.repeat(350)}${'p'.repeat(300)}`, 'PIN: 1234'] }),
          ),
          isLog: true,
        },
        source('broken', () => Promise.reject(new Error('refused open-sesame'))),
        source('counts', () =>
          Promise.resolve({
            lines: [],
            companions: [{ of: 'listener', says: 'open-sesame was called', command: 'say open-sesame' }],
          }),
        ),
      ],
      AT,
      never,
    );
    expect(JSON.stringify(evidence)).not.toMatch(/open-sesame|pppp|1234/);
    expect(evidence.found[2]!.lines).toEqual([`${'x'.repeat(350)}***`, 'PIN: ***']);
    expect(evidence.found.map(({ isLog }) => isLog)).toEqual([undefined, undefined, true, undefined]);
    expect(evidence.triage).toEqual({
      cause: 'crash',
      says: 'Container app exits with code 1.',
      because: ['app ***'],
    });
    expect(evidence.companions).toEqual([{ of: 'listener', says: '*** was called', command: 'say ***' }]);
  });
});
