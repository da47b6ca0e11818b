import { expect, it, vi } from 'vitest';
import { courseOf } from '../../../src/events/ended.ts';
import { publishSteps } from '../../../src/events/publish-steps.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import { AT, ready, request } from '../rollback/documents.ts';
import { rememberingEmitter } from './published.ts';

const planned: Rollback = {
  request,
  claim: { kind: 'ecs', holder: 'one', since: AT, expiresAt: AT },
  plan: ready,
  verdict: { verdict: 'act', at: AT, reasons: ['It began before.'] },
};

const withKeys = (published: readonly string[]): Rollback => ({
  ...planned,
  gathered: { evidence: { Error: 'States.Timeout' }, published },
});

it('publishes each step once', async () => {
  const { emitter, published } = rememberingEmitter();
  const keys = await publishSteps(planned, emitter, vi.fn());
  expect(keys).toEqual(['Started', 'Planned']);
  expect(await publishSteps(withKeys(keys), emitter, vi.fn())).toEqual(keys);
  expect(published.map(({ type }) => type)).toEqual(['Rollback Started', 'Rollback Planned']);
});

it('leaves to the next wait what the bus did not take', async () => {
  const warn = vi.fn();
  const down = { emit: () => Promise.reject(new Error('down')) };
  expect(await publishSteps(withKeys(['Started']), down, warn)).toEqual(['Started']);
  expect(warn).toHaveBeenCalledOnce();
});

it('shows no line of a log, because a bus has readers that a report has not', () => {
  const found = [
    { source: 'logs of checkout', lines: ['the key is abc'], isLog: true as const },
    { source: 'stopped tasks', lines: ['exit code 1'] },
  ];
  const gathered = { evidence: { at: AT, found, missing: [] }, published: [] };
  expect(courseOf({ ...planned, gathered })?.evidence).toEqual([
    { source: 'logs of checkout', lines: [], inReport: 1 },
    { source: 'stopped tasks', lines: ['exit code 1'] },
  ]);
});
