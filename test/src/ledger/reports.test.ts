import { beforeEach, expect, test } from 'vitest';
import { createLedger, createReports } from '../../../src/ledger/dynamodb.ts';
import type { Reports } from '../../../src/ledger/reports.ts';
import { memoryTables } from '../../fakes/memory-tables.ts';

const TARGET = 'external:argocd/checkout';
const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;
const tables = memoryTables('ledger');

let reports: Reports;
beforeEach(() => {
  reports = createReports(tables, 'ledger');
});

test('a deployment keeps its first beginning and its first end, in any order and however often they come', async () => {
  const step = (state: 'started' | 'completed' | 'failed', minute: number) =>
    reports.keep({ target: TARGET, deployment: '1', state, at: at(minute) });
  await step('completed', 9);
  await step('started', 5);
  await step('started', 6);
  await step('failed', 10);
  expect(await reports.of(TARGET)).toEqual([
    { deployment: '1', startedAt: at(5), ended: { state: 'completed', at: at(9) } },
  ]);
});

test('reports are listed newest first, and are no entries of the ledger', async () => {
  await reports.keep({ target: TARGET, deployment: '2', state: 'completed', at: at(20) });
  await reports.keep({ target: TARGET, deployment: '3', state: 'started', at: at(30) });
  await reports.keep({ target: 'external:argocd/cart', deployment: '4', state: 'started', at: at(40) });
  expect((await reports.of(TARGET)).map(({ deployment }) => deployment)).toEqual(['3', '2', '1']);
  expect(await createLedger(tables, 'ledger').entries(TARGET)).toEqual([]);
});
