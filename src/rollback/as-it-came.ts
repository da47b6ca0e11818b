import * as z from 'zod/mini';
import { asRecord } from './json.ts';

/**
 * Returns a schema of an object that is handed on as it came, such as a shape of the AWS SDK. It checks that the object has
 * these members. Repeating the shape here would be a second description of it.
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
