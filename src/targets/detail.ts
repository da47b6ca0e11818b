import { InvalidRequest } from '../rollback/errors.ts';
import { asRecord } from '../rollback/json.ts';
import type { BusEvent } from './kind.ts';

/** The unchecked detail of an AWS event. */
export type Detail = Readonly<Record<string, unknown>>;

/** Returns the detail. @throws InvalidRequest if it is not an object */
export function detailOf({ detail }: BusEvent): Detail {
  const record = asRecord(detail);
  if (record === null) throw new InvalidRequest('detail', 'must be an object');
  return record;
}

/** Returns a field of the detail. @throws InvalidRequest naming the field, if it is not a text or is empty */
export function textOf(detail: Detail, field: string): string {
  const value = optionalTextOf(detail, field);
  if (value === null) throw new InvalidRequest(`detail.${field}`, 'must be a text that is not empty');
  return value;
}

export function optionalTextOf(detail: Detail, field: string): string | null {
  const value = detail[field];
  return typeof value === 'string' && value !== '' ? value : null;
}
