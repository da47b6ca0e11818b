import * as z from 'zod/mini';
import type { Emitter } from '../../src/events/emit.ts';
import { measuresOf, type Measure } from '../../src/events/measures.ts';
import type { ReportLink } from '../../src/events/report-link.ts';
import { reportUnreported } from '../../src/events/unreported.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import { asRecord, parseJson } from '../../src/rollback/json.ts';
import { readRequest, type Instant, type Request } from '../../src/rollback/request.ts';

export interface Backstop {
  readonly emitter: Emitter;
  readonly claims: Pick<Claims, 'record' | 'close'>;
  /** Never throws. */
  readonly measure: (measures: readonly Measure[], at: Instant) => void;
  readonly reportLink: ReportLink;
}

/**
 * The event `Step Functions Execution Status Change`. `input` is absent where it is too long for an event. `error`
 * occurs in events though the page below does not list it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
const StatusChange = z.object({
  detail: z.object({
    executionArn: z.string(),
    status: z.string(),
    input: z.nullish(z.string()),
    error: z.nullish(z.string()),
  }),
});

/**
 * Reports an execution that ended badly, unless it reported itself. An execution with an unreadable input is reported
 * without a target, so that an operator learns of it.
 * @throws InvalidRequest if the event itself cannot be read, so that it goes to the dead-letter queue
 */
export async function backstop(
  event: unknown,
  reporting: Backstop,
  now: Instant,
): Promise<'reported' | 'was-reported'> {
  const read = StatusChange.safeParse(event);
  if (!read.success) throw new InvalidRequest('detail', 'is not a change of status of an execution');
  const { executionArn: execution, status: how, input, error } = read.data.detail;
  const request = requestIn(input);
  if (await wasReported(reporting.claims, execution, request, error)) return 'was-reported';
  const outcome = await reportUnreported({ execution, request, how }, reporting, now);
  reporting.measure(measuresOf(outcome, request?.target), now);
  return 'reported';
}

/**
 * Says whether the execution reported itself: its record is closed. A request that was refused before the claim has no
 * record, and ends as FailedClean.
 */
async function wasReported(
  claims: Pick<Claims, 'record'>,
  execution: string,
  request: Request | undefined,
  error: string | null | undefined,
): Promise<boolean> {
  if (error === 'FailedClean') return true;
  if (request === undefined) return false;
  const record = await claims.record(request.target, execution);
  return record?.outcome !== undefined;
}

/** Reads the request of an input that Claim would accept. Any other input may be forged, and is not quoted. */
function requestIn(input: string | null | undefined): Request | undefined {
  const { request, ...others } = asRecord(parseJson(input)) ?? {};
  if (Object.keys(others).length > 0) return undefined;
  try {
    return readRequest(request);
  } catch {
    return undefined;
  }
}
