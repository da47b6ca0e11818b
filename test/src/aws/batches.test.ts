import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inBatches } from '../../../src/aws/batches.ts';

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
