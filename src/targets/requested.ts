import * as z from 'zod/mini';
import { isBlank } from '../rollback/blank.ts';
import { words } from '../rollback/request.ts';
import { ignored, misfit, rejected, type Accepted, type Ignored, type Rejected } from './answer.ts';
import { readBusEvent } from './bus-event.ts';
import { toInstant } from './instant.ts';
import type { BusEvent } from './kind.ts';
import { problemOfTarget } from './target.ts';

/** The detail type with which a person or a tool requests a rollback, on the Lastgood bus. */
export const REQUESTED = 'Rollback Requested';

/** Strict: a misspelt `revision` must not become "the last known good". */
const Detail = z.strictObject({
  target: z.string(),
  reason: words(2048),
  revision: z.optional(words(1024)),
  requestedBy: z.optional(words(256)),
});

type Asked = z.infer<typeof Detail>;

/** Reads an event `Rollback Requested`. Never throws. */
export function readRequested(event: unknown): Accepted | Ignored | Rejected {
  const found = readBusEvent(event);
  if (found === null) return ignored('is not an EventBridge event');
  if (found['detail-type'] !== REQUESTED) return ignored(`"${found['detail-type']}" is not "${REQUESTED}"`);
  const detail = Detail.safeParse(found.detail);
  if (!detail.success) return misfit(detail.error, 'detail');
  const at = toInstant(found.time);
  return problemOf(found, detail.data) ?? accepted(found, detail.data, at ?? found.time);
}

/**
 * The prefix of people in Slack. Only a signed request from Slack may use it, because a rollback may need the approval
 * of two people.
 */
const IN_SLACK = 'slack:';
const POSES = `must not begin with "${IN_SLACK}": only a request from Slack may name a Slack user`;

/**
 * Returns why the sender of an event, or the person whom it names, cannot be accepted, or null.
 * @param field path of the name
 */
export function problemOfSender(
  { source }: BusEvent,
  field: string,
  name: string | undefined,
): Rejected | null {
  if (source === '' || source.length > 256) return rejected('source', 'must have 1 to 256 characters');
  if (source.startsWith('aws.') && !source.startsWith('aws.partner/'))
    return rejected('source', 'must not be an AWS service: no AWS service requests a rollback');
  if (source.startsWith(IN_SLACK)) return rejected('source', POSES);
  if (name?.startsWith(IN_SLACK)) return rejected(field, POSES);
  return isBlank(source) ? rejected('source', 'must not be blank') : null;
}

function problemOf(event: BusEvent, { target, requestedBy }: Asked): Rejected | null {
  const { id, time } = event;
  const ofSender = problemOfSender(event, 'detail.requestedBy', requestedBy);
  if (ofSender !== null) return ofSender;
  if (id === '' || id.length > 512) return rejected('id', 'must have 1 to 512 characters');
  if (toInstant(time) === null) return rejected('time', 'must be a time such as 2026-11-22T03:00:00Z');
  const problem = problemOfTarget(target);
  return problem === null ? null : rejected('detail.target', problem);
}

function accepted({ id, source }: BusEvent, detail: Asked, at: string): Accepted {
  const { target, reason, revision, requestedBy = source } = detail;
  const trigger = { type: 'request', id, at, by: requestedBy } as const;
  const back = revision === undefined ? 'the last known good revision' : `revision ${revision}`;
  return {
    kind: 'request',
    targets: [target],
    requests: [{ target, reason, ...(revision !== undefined && { revision }), trigger }],
    reason: `${requestedBy} asks to take ${target} back to ${back}: ${reason}`,
  };
}
