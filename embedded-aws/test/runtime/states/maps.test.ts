import { expect, test } from 'vitest';
import { deployed, ended, task, type Json } from './one-machine.ts';

const mapped = (states: Json, more: Json = {}) => ({
  Each: {
    Type: 'Map',
    ItemsPath: '$.items',
    MaxConcurrency: 2,
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: Object.keys(states)[0], States: states },
    ResultPath: '$.done',
    End: true,
    ...more,
  },
});

test('an inline map runs its states for each item, and keeps their order; a failed item is caught alone', async () => {
  const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failed', Next: 'Not' }];
  const Work = task({ End: true, Catch });
  const staged = await deployed(
    mapped({ Work, Not: { Type: 'Succeed' } }),
    `export const handler = async ({ n }) => { if (n === 2) throw new Error('no'); return { n: n * 10 }; };`,
  );
  const execution = await ended(staged, { items: [1, 2, 3, 4, 5].map((n) => ({ n })) });
  expect(execution).toMatchObject({
    status: 'SUCCEEDED',
    output: { done: [{ n: 10 }, { n: 2, failed: { Error: 'Error' } }, { n: 30 }, { n: 40 }, { n: 50 }] },
  });
  expect(staged.runtime.invocations).toHaveLength(5);
});

test.each([
  ['JSONata', { A: { Type: 'Succeed', QueryLanguage: 'JSONata' } }],
  ['a map without a mode', { A: { Type: 'Map', ItemProcessor: {}, End: true } }],
  ['a distributed map', mapped({}, { ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' } } })],
  [
    'a token in a map',
    mapped({ A: task({ End: true }, { Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }) }),
  ],
  ['another integration', { A: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true } }],
])('a definition with %s is refused', async (_, states) => {
  await expect(deployed(states as Json, '')).rejects.toThrow(/ modelled/);
});
