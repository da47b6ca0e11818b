import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { createHandovers } from '../../../src/ledger/dynamodb.ts';
import { PARTITION } from '../../../src/ledger/dynamodb-handovers.ts';
import type { Handovers } from '../../../src/ledger/handovers.ts';
import { memoryTables } from '../../fakes/memory-tables.ts';

const ID = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const SOURCE = 'argocd.shop';
const HANDOVER = {
  id: ID,
  target: 'external:argocd/checkout',
  sources: [SOURCE, 'ci.shop'],
  wantedAt: '2026-11-22T03:00:00.000Z',
  until: '2026-11-22T03:30:00.000Z',
};
const IN_TIME = '2026-11-22T03:10:00.000Z';
const DONE = { state: 'done', revision: '41' } as const;

let handovers: Handovers;
beforeEach(async () => {
  handovers = createHandovers(memoryTables('claims'), 'claims');
  await handovers.want(HANDOVER);
});

test('what was put stays as it is', async () => {
  await handovers.want({ ...HANDOVER, until: IN_TIME });
  expect(await handovers.of(ID)).toEqual({ ...HANDOVER, until: IN_TIME });
  await handovers.put(ID);
  await handovers.want(HANDOVER);
  expect(await handovers.of(ID)).toEqual({ ...HANDOVER, until: IN_TIME, isPut: true });
});

describe('an answer', () => {
  const answer = (of: Parameters<Handovers['answer']>[2], source = SOURCE, at = IN_TIME) =>
    handovers.answer(ID, source, of, at);

  test('of any named source is taken', async () => {
    expect(await answer({ state: 'accepted', url: 'https://ci/7' })).toMatchObject({ is: 'taken' });
    expect(await answer({ state: 'accepted' })).toMatchObject({ is: 'taken' });
    expect(await answer({ state: 'running', progress: 'half' }, 'ci.shop')).toMatchObject({ is: 'taken' });
    expect(await answer(DONE)).toMatchObject({ is: 'taken' });
    expect(await handovers.of(ID)).toMatchObject({ url: 'https://ci/7', progress: 'half', final: DONE });
  });

  test('is the first final one, however often it comes', async () => {
    await answer(DONE);
    expect(await answer(DONE)).toMatchObject({ is: 'taken' });
    expect(await answer({ state: 'refused', reason: 'no' })).toMatchObject({ is: 'answered', final: DONE });
    expect(await answer({ state: 'running', progress: 'half' })).toMatchObject({ is: 'answered' });
    expect(await handovers.of(ID)).toMatchObject({ final: DONE });
  });

  test('of two at once, one is taken', async () => {
    const both = await Promise.all([answer(DONE), answer({ state: 'refused', reason: 'no' })]);
    expect(both.map(({ is }) => is).toSorted()).toEqual(['answered', 'taken']);
  });

  test('of another source, after the deadline, or to nothing is not taken', async () => {
    expect(await answer(DONE, 'intruder')).toMatchObject({ is: 'stranger' });
    expect(await answer(DONE, SOURCE, '2026-11-22T03:30:01.000Z')).toMatchObject({ is: 'late' });
    expect(await handovers.answer('f'.repeat(32), SOURCE, DONE, IN_TIME)).toEqual({ is: 'unknown' });
    expect(await handovers.of(ID)).toEqual(HANDOVER);
  });
});

test.each(['functions/on-request/function.yml', 'functions/mechanisms/external/function.yml'])(
  '%s may read these items, and no claim',
  (file) => {
    expect(readFileSync(file, 'utf8')).toMatch(
      new RegExp(`"dynamodb:LeadingKeys": \\[[^\\]]*"${PARTITION}\\*"\\]`),
    );
  },
);
