import { AwsError } from '../../service.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** @throws AwsError `ValidationError` */
export function demand(holds: boolean, message: string): asserts holds {
  if (!holds) throw new AwsError('ValidationError', message);
}

export function asFields(value: unknown, what: string): Fields {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), `${what} must be an object`);
  return value as Fields;
}

export function numberIn(fields: Fields, name: string, otherwise: number, from: number, to: number): number {
  const value = fields[name] ?? otherwise;
  demand(Number.isInteger(value), `${name} must be an integer`);
  demand(Number(value) >= from && Number(value) <= to, `${name} must be between ${from} and ${to}`);
  return Number(value);
}
