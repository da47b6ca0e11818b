import { asRecord } from '../rollback/json.ts';
import type { BusEvent } from './kind.ts';

/** Reads an event in the envelope of EventBridge, which has two constant fields. Returns null for another envelope. */
export function readBusEvent(event: unknown): BusEvent | null {
  const found = asRecord(event);
  if (found === null) return null;
  const { source, 'detail-type': detailType, detail, resources } = found;
  if (typeof source !== 'string' || typeof detailType !== 'string') return null;
  return {
    id: text(found.id),
    source,
    'detail-type': detailType,
    account: text(found.account),
    region: text(found.region),
    time: text(found.time),
    resources: Array.isArray(resources) ? resources.filter((resource) => typeof resource === 'string') : [],
    detail,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
