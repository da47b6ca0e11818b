import { asRecord } from '../rollback/json.ts';
import type { BusEvent } from './kind.ts';

/** An event in the envelope of EventBridge, by its two constant fields; null when it is in another envelope. */
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
