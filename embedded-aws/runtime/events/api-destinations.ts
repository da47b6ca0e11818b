import type { Clock } from '../../world/clock.ts';
import type { ApiDestination, Connection, Rule, Target } from '../stack/stack.ts';
import type { Refusal } from './delivery.ts';
import { inputFor } from './input.ts';

/** A request that EventBridge sends to an API destination. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface OutgoingAnswer {
  readonly status: number;
  /** Seconds until it comes; absent: at once. */
  readonly seconds?: number;
  /** The header `Retry-After`, in seconds. */
  readonly retryAfter?: number;
  readonly body?: string;
}

/** The servers outside AWS. Null: the host does not answer. */
export type Outside = (request: OutgoingRequest) => OutgoingAnswer | null;

/** A destination must answer within this time (API destinations, linked below). */
const TIMEOUT_SECONDS = 5;

/** The default of InvocationRateLimitPerSecond: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html */
const DEFAULT_RATE_PER_SECOND = 300;

export interface ApiDestinationsOptions {
  readonly destinations: readonly ApiDestination[];
  readonly connections: readonly Connection[];
  readonly clock: Clock;
  /** Rejects if the role may not. */
  readonly authorize: (role: string, action: string, resource: string) => Promise<void>;
  readonly outside: Outside;
}

/**
 * Simulates EventBridge's API destinations. The role of the rule's target must be allowed to invoke the destination. An
 * answer of 409, 429 or 5xx, none within five seconds, and no answer at all are tried again; any other answer but 2xx
 * is final. OAuth connections, private APIs and path parameters are not modelled.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export function createApiDestinations({
  destinations,
  connections,
  clock,
  authorize,
  outside,
}: ApiDestinationsOptions) {
  const sent = new Map<string, readonly number[]>();

  /** Unknown: api-destination-rate. Assumed: a request above the rate is tried again by the retry policy. AWS says that it is delayed. */
  const isTooFast = ({ arn, ratePerSecond = DEFAULT_RATE_PER_SECOND }: ApiDestination): boolean => {
    const recent = (sent.get(arn) ?? []).filter((at) => at > clock.now() - 1000);
    if (recent.length >= ratePerSecond) return true;
    sent.set(arn, [...recent, clock.now()]);
    return false;
  };

  return async (target: Target, _: Rule, event: unknown): Promise<Refusal | null> => {
    const destination = destinations.find(({ arn }) => arn === target.arn);
    const connection = connections.find(({ arn }) => arn === destination?.connection);
    if (destination === undefined || connection === undefined)
      return { code: 'NO_RESOURCE', message: `There is no API destination ${target.arn}.` };
    const denied = await denialOf(target, authorize);
    if (denied !== null) return denied;
    if (isTooFast(destination))
      return { code: 'THROTTLING', message: `More than ${destination.ratePerSecond} requests a second.` };
    return refusalIn(outside(requestOf(destination, connection, target, event)));
  };
}

/** EventBridge assumes the target's role. Its trust policy is not modelled. */
async function denialOf(
  { roleArn, arn }: Target,
  authorize: ApiDestinationsOptions['authorize'],
): Promise<Refusal | null> {
  if (roleArn === undefined) return { code: 'NO_PERMISSIONS', message: 'The target has no role.' };
  try {
    await authorize(roleArn.replace(/^.*\//, ''), 'events:InvokeApiDestination', arn);
    return null;
  } catch (error) {
    return { code: 'NO_PERMISSIONS', message: error instanceof Error ? error.message : String(error) };
  }
}

/** The headers that EventBridge sets, and those of the connection, which are last (the page above). */
function requestOf(
  { method, endpoint }: ApiDestination,
  { headers, body: added, query }: Connection,
  target: Target,
  event: unknown,
): OutgoingRequest {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries({ ...target.http?.query, ...query }))
    url.searchParams.set(name, value);
  const input = inputFor(target, event as object);
  const isRecord = typeof input === 'object' && input !== null && !Array.isArray(input);
  const all = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Amazon/EventBridge/ApiDestinations',
    ...lowered(target.http?.headers),
    ...lowered(headers),
  };
  const body = isRecord ? { ...input, ...added } : input;
  return { method, url: url.href, headers: all, body: JSON.stringify(body) };
}

function lowered(headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Error codes and retries: the page above, "Error codes". */
function refusalIn(answer: OutgoingAnswer | null): Refusal | null {
  if (answer === null || (answer.seconds ?? 0) > TIMEOUT_SECONDS)
    return { code: 'TIMEOUT', message: `No answer within ${TIMEOUT_SECONDS} seconds.` };
  const { status, retryAfter } = answer;
  if (status >= 200 && status < 300) return null;
  const message = `HTTP status code ${status}.`;
  const isRetried = status === 409 || status === 429 || status >= 500;
  return {
    code: status === 429 ? 'THROTTLING' : 'ERROR_FROM_TARGET',
    message,
    ...(!isRetried && { isFinal: true }),
    ...(retryAfter !== undefined && { afterSeconds: retryAfter }),
  };
}
