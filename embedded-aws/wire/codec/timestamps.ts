import type { Shape } from './shape.ts';

/** The notation of an instant. https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait */
export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

const BY_SCHEMA: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

/** Returns the format that the schema sets; most schemas leave it to the protocol. */
export function timestampFormat(shape: Shape, otherwise: TimestampFormat): TimestampFormat {
  return BY_SCHEMA[Number(shape.getSchema())] ?? otherwise;
}

export function writeTimestamp(date: Date, format: TimestampFormat): string | number {
  switch (format) {
    case 'date-time':
      return date.toISOString();
    case 'http-date':
      return date.toUTCString();
    case 'epoch-seconds':
      return date.getTime() / 1000;
  }
}

/** Reads an instant from a number or its text; returns null for anything else. */
export function readTimestamp(raw: unknown, format: TimestampFormat): Date | null {
  const milliseconds =
    format === 'epoch-seconds' ? fromSeconds(raw) : typeof raw === 'string' ? Date.parse(raw) : NaN;
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date;
}

function fromSeconds(raw: unknown): number {
  const seconds = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  return typeof seconds === 'number' ? Math.round(seconds * 1000) : NaN;
}
