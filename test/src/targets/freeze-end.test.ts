import { describe, expect, it } from 'vitest';
import { endOfFreeze, readFreezeEnd } from '../../../src/targets/freeze-end.ts';

const NOW = '2026-11-22T03:00:00.000Z';
const endOf = (text: string) => {
  const end = readFreezeEnd(text);
  return end === null ? 'unreadable' : endOfFreeze(end, NOW);
};

describe('the end of a freeze', () => {
  it.each([
    ['90m', '2026-11-22T04:30:00.000Z'],
    ['2h', '2026-11-22T05:00:00.000Z'],
    ['3D', '2026-11-25T03:00:00.000Z'],
    ['2 hours', '2026-11-22T05:00:00.000Z'],
    ['2h30m', '2026-11-22T05:30:00.000Z'],
    ['1 day 2 hrs', '2026-11-23T05:00:00.000Z'],
    ['45 minutes', '2026-11-22T03:45:00.000Z'],
    ['1w', '2026-11-29T03:00:00.000Z'],
    ['2026-11-22T06:00Z', '2026-11-22T06:00:00.000Z'],
    ['2026-11-22T06:00+01:00', '2026-11-22T05:00:00.000Z'],
    ['2026-11-22T06:00:30Z', '2026-11-22T06:00:30.000Z'],
  ])('is read: %s', (text, at) => expect(endOf(text)).toBe(at));

  it.each(['0m', '2026-11-22T02:59Z', NOW])('is over: %s', (text) => expect(endOf(text)).toBeNull());

  it.each([
    '',
    '2',
    '2y',
    '12345m',
    '-1h',
    '2 months',
    '2h because',
    'tomorrow',
    '06:00',
    '2026-11-22',
    '2026-02-30T06:00Z',
  ])('is not read: %j', (text) => expect(endOf(text)).toBe('unreadable'));
});
