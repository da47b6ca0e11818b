import { expect, test } from 'vitest';
import { dimensionOf, isWholeOf, listed } from '../../../../src/targets/alarms/parts.ts';

test('targets are listed, and of many only the first are named', () => {
  expect(listed(['a'])).toBe('a');
  expect(listed(['a', 'b'])).toBe('a and b');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  expect(listed(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d, e and 2 more');
});

test('an alias is a part of its function, and a dimension names it alone', () => {
  const place = 'arn:aws:lambda:eu-west-1:111122223333:function';
  expect(isWholeOf('lambda:checkout/live', `${place}:checkout`)).toBe(true);
  expect(isWholeOf('lambda:checkout/live', `${place}:checkout-2`)).toBe(false);
  expect(isWholeOf('lambda:checkout/live', 'arn:aws:other:eu-west-1:1:function:checkout')).toBe(false);
  expect(dimensionOf('lambda:checkout/live')).toBe('Resource = checkout:live');
});

test('a target of another kind is a part of nothing', () => {
  expect(isWholeOf('ecs:prod/checkout', 'arn:aws:ecs:eu-west-1:1:service/prod/checkout')).toBe(false);
  expect(dimensionOf('ecs:prod/checkout')).toBeNull();
});
