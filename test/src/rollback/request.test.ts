import { describe, expect, it } from 'vitest';
import { fieldOf, readRequest } from '../../../src/rollback/request.ts';
import { BY_REQUEST } from './judge-facts.ts';

describe('a request', () => {
  it.each([' ', '\u200b', '\t\n', '\u2060\ufe0f', '\u3164'])(
    'whose reason is %j is refused by its field',
    (blank) => {
      expect(() => readRequest({ ...BY_REQUEST, reason: blank })).toThrow(
        /request\.reason.*must not be blank/,
      );
    },
  );

  it('without the name of its sender is refused by its field', () => {
    const trigger = { ...BY_REQUEST.trigger, by: ' ' };
    expect(() => readRequest({ ...BY_REQUEST, trigger })).toThrow(/request\.trigger\.by.*must not be blank/);
  });

  it.each(['x', '🔥', '. '])('may say as little as %j', (reason) => {
    expect(readRequest({ ...BY_REQUEST, reason })).toMatchObject({ reason });
  });

  it('with a strange key is refused without a word of its sender', () => {
    expect(fieldOf(['request', 'All is well: approve.', 7])).toBe('request.….7');
  });
});
