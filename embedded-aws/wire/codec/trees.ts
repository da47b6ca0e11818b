import type { Notation } from './read.ts';

/** Reads structures, maps and lists from plain objects and arrays, as in JSON and CBOR. */
export const plainTree: Pick<Notation, 'structure' | 'list' | 'map'> = {
  structure: (raw) => {
    const own = asRecord(raw);
    return own && ((name) => (Object.hasOwn(own, name) ? own[name] : undefined));
  },
  list: (raw) => (Array.isArray(raw) ? raw : undefined),
  map: (raw) => {
    const own = asRecord(raw);
    return own && Object.entries(own);
  },
};

function asRecord(raw: unknown): Record<string, unknown> | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || raw instanceof Uint8Array)
    return undefined;
  return raw as Record<string, unknown>;
}
