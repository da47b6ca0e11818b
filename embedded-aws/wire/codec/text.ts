import type { Leaf, Shape } from './shape.ts';
import { readTimestamp, timestampFormat, writeTimestamp, type TimestampFormat } from './timestamps.ts';

/**
 * Reads a leaf written as text: in a form, in XML, in a header, in a path. Returns undefined if the text is no such
 * leaf.
 */
export function readText(
  kind: Leaf,
  raw: unknown,
  shape: Shape,
  format: TimestampFormat = 'date-time',
): unknown {
  if (typeof raw !== 'string') return undefined;
  switch (kind) {
    case 'string':
    case 'document':
      return raw;
    case 'boolean':
      return raw === 'true' ? true : raw === 'false' ? false : undefined;
    case 'blob':
      return new Uint8Array(Buffer.from(raw, 'base64'));
    case 'timestamp':
      return readTimestamp(raw, timestampFormat(shape, format)) ?? undefined;
    case 'number':
    case 'bigint':
    case 'decimal':
      return readNumber(raw);
  }
}

export function writeText(
  kind: Leaf,
  value: unknown,
  shape: Shape,
  format: TimestampFormat = 'date-time',
): string {
  if (kind === 'blob') return Buffer.from(value as Uint8Array).toString('base64');
  if (kind === 'timestamp') return String(writeTimestamp(value as Date, timestampFormat(shape, format)));
  return String(value);
}

function readNumber(raw: string): number | undefined {
  if (raw === 'NaN') return NaN;
  const number = raw.trim() === '' ? NaN : Number(raw);
  return Number.isNaN(number) ? undefined : number;
}
