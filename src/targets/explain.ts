import type { Instant, Request } from '../rollback/request.ts';
import { answerAlarm } from './alarms/answer.ts';
import { readAlarms } from './alarms/read.ts';
import { wrongIn, type Accepted, type Ignored, type Rejected } from './answer.ts';
import { readBusEvent } from './bus-event.ts';
import { readDeployment } from './deployment.ts';
import { onlyPast } from './future.ts';
import { asRecord, parseJson } from '../rollback/json.ts';
import type { BusEvent } from './kind.ts';
import { readRequested, REQUESTED } from './requested.ts';
import { problemOfRequester } from './requesters.ts';
import { readWebhook } from './webhooks/read.ts';
import { vendors } from './webhooks/vendors.ts';

/** What Lastgood would do with an event. */
export interface Explanation {
  readonly kind: Accepted['kind'] | 'ignored';
  readonly targets: readonly string[];
  readonly requests: readonly Request[];
  readonly reason: string;
}

/**
 * Says what Lastgood would do with an event that arrives at an instant, without asking AWS. Accepts every known
 * envelope. The instant matters for webhooks, whose alert may be too old. Explains several events of one envelope
 * together. Never throws.
 */
export function explain(event: unknown, now: Instant): Explanation {
  const explained = unwrap(event)
    .flatMap((one) => answers(one, now))
    .map(explanation);
  const taken = explained.filter(({ kind }) => kind !== 'ignored');
  return {
    kind: taken[0]?.kind ?? 'ignored',
    targets: [...new Set(taken.flatMap(({ targets }) => targets))],
    requests: taken.flatMap(({ requests }) => requests),
    reason: [...new Set(explained.map(({ reason }) => reason))].join('. ') || 'holds no event',
  };
}

/** Unwraps events from a queue's messages, and from Lambda's records in the dead-letter queue. */
function unwrap(event: unknown): readonly unknown[] {
  const found = asRecord(event);
  const bodies = [...bodiesIn(found?.Records, 'body'), ...bodiesIn(found?.Messages, 'Body')];
  if (bodies.length > 0) return bodies.flatMap(unwrap);
  return found !== null && 'requestContext' in found && 'requestPayload' in found
    ? unwrap(found.requestPayload)
    : [event];
}

/**
 * Returns the bodies of a queue's messages, as Lambda receives them (`Records`) or as the AWS CLI does (`Messages`).
 */
function bodiesIn(messages: unknown, body: 'body' | 'Body'): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(messages) ? messages : [];
  return list.map((message) => parseJson(asRecord(message)?.[body])).filter((parsed) => parsed !== undefined);
}

function answers(event: unknown, now: Instant): readonly (Accepted | Ignored | Rejected)[] {
  const found = readBusEvent(event);
  if (found?.['detail-type'] === REQUESTED)
    return [forbiddenIn(found) ?? onlyPast(readRequested(event), 'time', now)];
  if (found !== null && found.source !== 'aws.cloudwatch') return [readDeployment(event)];
  const vendor = vendors.find(({ isTheirs }) => isTheirs(event));
  if (vendor !== undefined) return readWebhook(vendor, event, now);
  const read = readAlarms(event);
  // Without AWS only the tags in the event are known.
  return read.kind === 'alarms'
    ? read.alarms.map((alarm) => onlyPast(answerAlarm(alarm, alarm.tags), alarm.timeField, now))
    : [read];
}

/** Checks the source of a request. The stack's parameters say which accounts may request; this accepts any account. */
function forbiddenIn(event: BusEvent): Rejected | null {
  return problemOfRequester(event, { own: event.account, accounts: [], organization: false });
}

function explanation(answer: Accepted | Ignored | Rejected): Explanation {
  const wrong = wrongIn(answer).map(({ field, problem }) => `rejected: ${field}: ${problem}`);
  if (answer.kind === 'rejected' || answer.kind === 'ignored') {
    const reason = answer.kind === 'ignored' ? answer.reason : wrong.join('. ');
    return { kind: 'ignored', targets: [], requests: [], reason };
  }
  const { kind, targets, requests, reason } = answer;
  return { kind, targets, requests, reason: [reason, ...wrong].join('. ') };
}
