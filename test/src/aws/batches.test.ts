import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inBatches, readBatches } from '../../../src/aws/batches.ts';

test('batches contain every item once, in order, and none is empty or too large', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (items, most) => {
      const batches = inBatches(items, most);
      expect(batches.flat()).toEqual(items);
      expect(batches.every(({ length }) => length > 0 && length <= most)).toBe(true);
      expect(batches).toHaveLength(Math.ceil(items.length / most));
    }),
  );
});

const read = async (items: readonly number[]) => {
  if (items.includes(3)) throw new Error('refused');
  return Promise.resolve(new Map(items.filter((item) => item !== 5).map((item) => [`${item}`, item * 10])));
};

test('a batch that fails costs its own items alone', async () => {
  const found = await readBatches(inBatches([1, 2, 3, 4, 5, 6], 2), String, read);
  expect([found(1), found(2), found(6)]).toEqual([10, 20, 60]);
  expect(found(5)).toBeNull();
  expect(() => found(3)).toThrow('refused');
  expect(() => found(4)).toThrow('refused');
});

test('an item that was not read is null', async () => {
  const found = await readBatches(inBatches([1], 2), String, read);
  expect(found(7)).toBeNull();
});
