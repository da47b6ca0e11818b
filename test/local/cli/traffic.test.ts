import { expect, test } from 'vitest';
import { cellsOf, failedBars, marksUnder, servedBars } from '../../../local/cli/story/traffic.ts';
import { painter } from '../../../scripts/terminal/paint.ts';

const paint = painter(false);
const at = (second: number) => new Date(second * 1000);
/** Ten requests a second; in the middle minute four of ten fail. */
const history = Array.from({ length: 180 }, (_, second) => ({
  at: at(second),
  requests: 10,
  errors: second >= 60 && second < 120 ? 4 : 0,
  slow: 0,
}));

test('traffic becomes the finest intervals that fit', () => {
  const { secondsEach, cells } = cellsOf(history, 0, 180_000, 20);
  expect(secondsEach).toBe(10);
  expect(cells).toHaveLength(18);
  expect(cells[5]).toEqual({ at: 50_000, requests: 100, bad: 0 });
  expect(cells[6]).toEqual({ at: 60_000, requests: 100, bad: 40 });
  expect(cellsOf(history, 0, 180_000, 6).secondsEach).toBe(30);
  expect(cellsOf(history, 0, 24 * 3_600_000, 10).cells.length).toBeLessThanOrEqual(10);
});

test('an interval that has just begun is not drawn', () => {
  expect(cellsOf(history, 0, 61_000, 8).cells).toHaveLength(6);
  expect(cellsOf(history.slice(0, 2), 0, 2_000, 8).cells).toHaveLength(1);
});

test('what is served and what fails is drawn to one scale', () => {
  const cells = cellsOf(history, 0, 180_000, 9);
  expect(servedBars(cells, paint)).toBe('███▅▅▅███');
  expect(failedBars(cells, paint)).toBe('   ▄▄▄');
});

test('bars are coloured, red where requests fail', () => {
  const cells = cellsOf(history, 0, 180_000, 3);
  expect(servedBars(cells, painter(true))).toBe(
    '\u001b[32m█\u001b[39m\u001b[31m▅\u001b[39m\u001b[32m█\u001b[39m',
  );
});

test('one bad request in a hundred is no failure, and no requests are a gap', () => {
  const few = history.map((second, place) => ({
    ...second,
    requests: place < 60 ? 0 : 100,
    errors: place < 60 ? 0 : 1,
  }));
  const cells = cellsOf(few, 0, 180_000, 3);
  expect(failedBars(cells, paint).trim()).toBe('');
  expect(servedBars(cells, paint)).toBe(' ██');
});

test('letters mark the steps, side by side where they share a column', () => {
  const cells = cellsOf(history, 0, 180_000, 18);
  const mark = (letter: string, second: number) => ({ letter, means: letter, at: second * 1000 });
  expect(marksUnder(cells, [mark('W', 95), mark('A', 91), mark('R', 60), mark('P', 170)])).toBe(
    '      R  AW      P',
  );
  expect(marksUnder(cells, [])).toBe('');
});
