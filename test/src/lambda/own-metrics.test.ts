import { afterEach, expect, it, vi } from 'vitest';
import { metricsIn } from '@lastgood/embedded-aws/runtime/logs/embedded-metrics.ts';
import { createOwnMetrics } from '../../../src/lambda/own-metrics.ts';

const AT = '2026-11-22T03:00:00.000Z';

afterEach(() => vi.restoreAllMocks());

/** Returns what is written to the log. */
function logged(work: () => void): readonly string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  work();
  vi.restoreAllMocks();
  return lines;
}

const one = {
  name: 'Outcomes',
  unit: 'Count',
  value: 1,
  dimensions: { kind: 'ecs', outcome: 'skipped' },
} as const;

it('writes one line for each measurement, from which CloudWatch makes a metric', () => {
  const lines = logged(() =>
    createOwnMetrics('lastgood-prod')([one, { ...one, value: 2, why: 'because' }], AT),
  );
  expect(lines).toHaveLength(2);
  expect(lines.flatMap((line) => metricsIn(line, Date.parse(AT)))).toEqual([
    {
      ...{ namespace: 'Lastgood', name: 'Outcomes', value: 1, unit: 'Count', at: Date.parse(AT) },
      dimensions: { service: 'lastgood-prod', kind: 'ecs', outcome: 'skipped' },
    },
    expect.objectContaining({ value: 2 }),
  ]);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ why: 'because' });
});

it('never throws', () => {
  const wrong = { ...one, value: Number.NaN, dimensions: { Outcomes: 'collides' } };
  expect(() => logged(() => createOwnMetrics('lastgood-prod')([wrong, one], AT))).not.toThrow();
});
