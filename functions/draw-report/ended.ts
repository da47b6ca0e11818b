import * as z from 'zod/mini';
import { SOURCE } from '../../src/events/source.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';

/** The part of an end that the page shows. Everything else is in the document. */
const Ended = z.object({
  execution: z.string(),
  target: z.optional(z.string()),
  outcome: z.enum(['rolled-back', 'skipped', 'failed-clean', 'failed-dirty']),
  reason: z.string(),
  advice: z.array(z.string()),
  endedAt: z.string(),
  report: z.string(),
});
export type Ended = z.infer<typeof Ended>;

/** Reads the end of a rollback that has a report. Returns null for any other event. */
export function readEnded(event: unknown): Ended | null {
  const found = readBusEvent(event);
  return found?.source === SOURCE ? (Ended.safeParse(found.detail).data ?? null) : null;
}
