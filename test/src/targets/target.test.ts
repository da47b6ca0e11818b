import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import { problemOfTarget, readTarget, writeTarget } from '../../../src/targets/target.ts';

describe('a target', () => {
  test('is its kind and its name', () => {
    expect(readTarget('ecs:prod/checkout')).toEqual({ kind: 'ecs', name: 'prod/checkout' });
  });

  test.each([
    ['', 'must have 1 to 1024 characters'],
    ['ecs:prod/' + 'x'.repeat(1024), 'must have 1 to 1024 characters'],
    ['ecs:prod/check out', 'spaces or control characters'],
    ['ecs:prod/checkout\n', 'spaces or control characters'],
    ['ecs:prod/\u0000checkout', 'spaces or control characters'],
    ['ecs:prod/check\u202eout', 'spaces or control characters'],
    ['ecs:prod/\ud800', 'spaces or control characters'],
    ['ecs', 'must begin with a kind: apigateway:'],
    ['prod/checkout', 'must begin with a kind: apigateway:'],
    ['ECS:prod/checkout', 'must begin with a kind: apigateway:'],
    ['constructor:prod/checkout', 'must begin with a kind: apigateway:'],
    [':prod/checkout', 'must begin with a kind: apigateway:'],
    ['ecs:checkout', 'prod/checkout'],
  ])('refuses %j', (text, problem) => {
    expect(problemOfTarget(text)).toContain(problem);
    expect(() => readTarget(text, 'detail.target')).toThrow(InvalidRequest);
    expect(() => readTarget(text, 'detail.target')).toThrow(/^detail\.target: /);
  });

  test('is read whole or not at all, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((name) => `ecs:prod/${name}`),
        ),
        (text) => {
          if (problemOfTarget(text) === null) expect(writeTarget(readTarget(text))).toBe(text);
          else expect(() => readTarget(text)).toThrow(InvalidRequest);
        },
      ),
    );
  });

  test('never holds a control character', () => {
    const control = fc.integer({ min: 0, max: 0x1f }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(control, fc.nat(16), (character, at) => {
        const text = 'ecs:prod/checkout';
        expect(problemOfTarget(text.slice(0, at) + character + text.slice(at))).not.toBeNull();
      }),
    );
  });
});
