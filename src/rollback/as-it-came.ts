import * as z from 'zod/mini';
import { asRecord } from './json.ts';

/**
 * Returns a schema of an object that passes through unchanged, such as a shape of the AWS SDK. It checks only that the
 * object has these members. Repeating the shape here would describe it twice.
 */
export function asItCame<Shape extends object>(...members: readonly (keyof Shape & string)[]) {
  return z.custom<Shape>(
    (value) => {
      const record = asRecord(value);
      return record !== null && members.every((member) => record[member] !== undefined);
    },
    members.length === 0 ? 'must be an object' : `must be an object with ${members.join(' and ')}`,
  );
}
