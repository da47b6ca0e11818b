import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  readConfiguration,
  second,
  textOf,
  versionsOf,
} from '../../../../functions/mechanisms/lambda/configuration.ts';
import { deploymentId, isStill, textIn } from '../../../../functions/mechanisms/lambda/deployment-id.ts';

const number = fc.integer({ min: 1, max: 9999 }).map(String);
const configuration = fc
  .tuple(number, number, fc.integer({ min: 0, max: 1000 }))
  .filter(([version, other]) => version !== other)
  .map(([version, other, share]) => ({ version, weights: { [other]: share / 1000 } }));

describe('the text of a configuration', () => {
  it.each([
    ['8', { version: '8', weights: {} }],
    ['8', { version: '8', weights: { 7: 0 } }],
    ['7 90%, 8 10%', { version: '7', weights: { 8: 0.1 } }],
    ['7 99.5%, 8 0.5%', { version: '7', weights: { 8: 0.005 } }],
    ['8 0%, 7 100%', { version: '8', weights: { 7: 1 } }],
  ])('is %s', (text, read) => {
    expect(textOf(read)).toBe(text);
  });

  it('reads back as the configuration it was written from', () => {
    fc.assert(
      fc.property(configuration, (read) => {
        const again = readConfiguration(textOf(read))!;
        expect(versionsOf(again)).toEqual(versionsOf(read));
        expect(second(again)?.share ?? 0).toBeCloseTo(second(read)?.share ?? 0, 6);
        expect(textOf(again)).toBe(textOf(read));
      }),
    );
    expect(readConfiguration('$LATEST')).toEqual({ version: '$LATEST', weights: {} });
    expect(readConfiguration('ecs-svc/42')).toBeNull();
  });

  it('is equal only for configurations with equal shares', () => {
    fc.assert(
      fc.property(configuration, configuration, (one, other) => {
        const isSame =
          one.version === other.version && JSON.stringify(second(one)) === JSON.stringify(second(other));
        expect(textOf(one) === textOf(other)).toBe(isSame);
      }),
    );
  });
});

it('a deployment id distinguishes a change from an earlier one to the same configuration', () => {
  const alias = { functionArn: '', version: '7', weights: { 8: 0.1 }, revisionId: 'a' };
  const [one, other] = [deploymentId(alias), deploymentId({ ...alias, revisionId: 'b' })];
  expect(one).toBe('7 90%, 8 10%@a');
  expect(one).not.toBe(other);
  expect([textIn(other), isStill(other, alias), isStill('8@a', alias)]).toEqual([
    '7 90%, 8 10%',
    true,
    false,
  ]);
});
