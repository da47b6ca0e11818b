import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toInstant } from '../../../src/targets/instant.ts';

test.each([
  ['2026-11-20T09:14:20.107+0000', '2026-11-20T09:14:20.107Z'],
  ['2026-11-20T09:14:20Z', '2026-11-20T09:14:20.000Z'],
  ['2026-11-20T10:14:20.107+01:00', '2026-11-20T09:14:20.107Z'],
  ['2026-11-20T04:44:20-0430', '2026-11-20T09:14:20.000Z'],
  ['2026-11-20T09: 14: 20.107+0000', '2026-11-20T09:14:20.107Z'],
])('reads %s', (text, instant) => expect(toInstant(text)).toBe(instant));

test.each([
  '',
  'date',
  '2026-11-20',
  '2026-11-20T09:14:20',
  '2026-13-20T09:14:20Z',
  '2026-02-30T09:14:20Z',
  '2026-11-31T09:14:20+0100',
  '2026-11-20T24:00:00Z',
  '1779268460',
  '2026-11-20T09:14:20Z or so',
])('refuses %j', (text) => expect(toInstant(text)).toBeNull());

test('gives one moment one text, in every form', () => {
  const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, (moment) => {
      const text = moment.toISOString();
      expect(toInstant(text)).toBe(text);
      expect(toInstant(text.replace('Z', '+0000'))).toBe(text);
    }),
  );
});
