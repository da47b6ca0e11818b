import { expect, test } from 'vitest';
import { figuresOf, summaryOf, type Ended } from '../../../local/cli/story/summary.ts';
import type { Result } from '../../../local/scenarios/result.ts';
import { painter } from '../../../scripts/terminal/paint.ts';

const START = Date.parse('2026-11-22T02:00:00.000Z');
const iso = (second: number) => new Date(START + second * 1000).toISOString();
/** Ten requests a second; from second 120 to second 240 four of ten fail. */
const history = Array.from({ length: 600 }, (_, second) => ({
  at: new Date(START + second * 1000),
  requests: 10,
  errors: second >= 120 && second < 240 ? 4 : 0,
  slow: 0,
}));
const result = {
  outcome: 'rolled-back',
  reason: `checkout:1 runs again, healthy since ${iso(300)}.`,
  rungs: [{ name: 'redeploy', ended: 'settled' }],
  ends: [],
  recovery: { badSince: iso(120), alarmAt: iso(200), firstMitigationAt: iso(203), restoredAt: iso(240) },
  passed: true,
  problems: [],
} as unknown as Result;
const ended: Ended = { result, history, releases: [{ at: iso(110), isChange: false }], provenAt: [iso(420)] };
const look = { columns: 80, paint: painter(false) };

test('the summary has the outcome, the traffic with its steps, and the figures', () => {
  expect(summaryOf(ended, look)).toMatchInlineSnapshot(`
    [
      "",
      "rolled-back: checkout:1 runs again, healthy since 02:05:00 UTC.",
      "",
      "  served  ███████▅▅▅▅▅▅▅▅▅▅▅▅███████████████████████████████████",
      "  failed         ▄▄▄▄▄▄▄▄▄▄▄▄",
      "                R        AW  S                 P",
      "          R release  A alarm  W first write  S served again  P proven  (one",
      "          column: 10 s)",
      "",
      "  users hurt for          120 s",
      "  requests failed         480 of 4,800",
      "  alarm after             80 s",
      "  first write after       83 s",
      "  restored after          120 s",
      "  proven after            300 s",
      "  way back redeploy       settled",
      "  Seconds count from the first request that failed.",
      "It ended as it must.",
    ]
  `);
});

test('users who hurt still are said to', () => {
  const recovery = { ...result.recovery, restoredAt: null };
  const hurting = history.map((second, place) => ({ ...second, errors: place >= 120 ? 4 : 0 }));
  const figures = figuresOf({ ...ended, history: hurting, provenAt: [], result: { ...result, recovery } });
  expect(Object.fromEntries(figures)).toMatchObject({
    'users hurt for': '480 s, and hurt still',
    'restored after': 'never',
    'proven after': 'never',
  });
});

const REHEARSED = { outcome: 'rolled-back', reason: `web:1 runs again, healthy since ${iso(60)}.` } as const;

test('the steps of an earlier rollback are none of this harm', () => {
  const before: Ended = { ...ended, provenAt: [iso(60), iso(420)] };
  expect(Object.fromEntries(figuresOf(before))['proven after']).toBe('300 s');
  const recovery = { ...result.recovery, alarmAt: iso(20), firstMitigationAt: iso(30) };
  const none = { ...before, provenAt: [iso(60)], result: { ...result, recovery } };
  expect(Object.fromEntries(figuresOf(none))).toMatchObject({
    'alarm after': 'none since; one before it',
    'first write after': 'none since; one before it',
    'proven after': 'none since; one before it',
  });
  expect(summaryOf(none, look).join('\n')).not.toMatch(/-\d+ s|A alarm|W first write|P proven/);
});

test('each rollback of the target has its end, and the last one says what runs', () => {
  const last = { outcome: 'rolled-back', reason: 'slack:U0ADA sent web:2 forward again.' } as const;
  const lines = summaryOf({ ...ended, result: { ...result, ends: [REHEARSED, last] } }, look);
  expect(lines.slice(1, 3)).toEqual([
    'rolled-back: web:1 runs again, healthy since 02:01:00 UTC.',
    'rolled-back: @ada sent web:2 forward again.',
  ]);
});

test('a change while users hurt is no release: the bad one stays in the picture', () => {
  const releases = [
    { at: iso(10), isChange: false },
    { at: iso(110), isChange: false },
    { at: iso(210), isChange: true },
  ];
  const lines = summaryOf({ ...ended, releases }, look);
  expect(lines[5]).toBe('                R        AWC S                 P');
  expect(lines.slice(6, 8).join(' ')).toContain('R release  A alarm  W first write  C another change');
});

test('long figures have groups of thousands, and a space after a long label', () => {
  const rungs = [{ name: 'stop-deployment', ended: 'left' }];
  const late = { ...ended, provenAt: [iso(2304)], result: { ...result, rungs } };
  const lines = summaryOf(late, look);
  expect(lines).toContain('  proven after            2,184 s');
  expect(lines).toContain('  way back stop-deployment left');
});

test('users who never noticed have no figures', () => {
  const recovery = { badSince: null, alarmAt: null, firstMitigationAt: null, restoredAt: null };
  const lines = summaryOf({ ...ended, result: { ...result, recovery, rungs: [] } }, look);
  expect(lines.join('\n')).toContain('users hurt for          0 s: they never noticed');
  expect(lines.join('\n')).not.toContain('█');
});

test('problems are listed, and the end says so', () => {
  const lines = summaryOf({ ...ended, result: { ...result, passed: false, problems: ['no write'] } }, look);
  expect(lines.slice(-2)).toEqual(['  PROBLEM                 no write', 'It did NOT end as it must.']);
});

test('no line is wider than the terminal', () => {
  for (const columns of [40, 80, 120])
    for (const line of summaryOf(ended, { ...look, columns }))
      expect(line.length).toBeLessThanOrEqual(columns);
});
