import { NotPermitted, Throttled, Unavailable } from '../rollback/errors.ts';

/** Besides the documented names, those that the SDK retries as throttling (service-error-classification of Smithy). */
const THROTTLES = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'ThroughputExceeded',
  'PriorRequestNotComplete',
  'RequestThrottledException',
  'EC2ThrottledException',
  'BandwidthLimitExceeded',
  'SlowDown',
]);
const DENIALS = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedException',
  'UnauthorizedOperation',
  'NotAuthorized',
]);
const NETWORK = new Set(['TimeoutError', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Renames an AWS SDK error if the state machine decides by it: throttled, unavailable or not permitted. Returns any
 * other error unchanged.
 */
export function named(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, code } = error as SdkError;
  const status = statusOf(error);
  const says = `${name}: ${message}`;
  if (THROTTLES.has(name) || status === 429) return new Throttled(says, { cause: error });
  if (DENIALS.has(name)) return new NotPermitted(says, { cause: error });
  if (status >= 500 || NETWORK.has(name) || NETWORK.has(code ?? ''))
    return new Unavailable(says, { cause: error });
  return error;
}

/** AWS waited in vain for the rest of the request. */
const TIMEOUTS = ['RequestTimeout', 'RequestTimeoutException'];

/**
 * Says whether AWS refused a call as it was made, so that it changed nothing: by a conflict, a limit or a bad value.
 */
export function isClientError(error: unknown): boolean {
  const status = error instanceof Error ? statusOf(error) : 0;
  return status >= 400 && status < 500 && status !== 408 && !isNamed(error, ...TIMEOUTS);
}

function statusOf(error: SdkError): number {
  return error.$metadata?.httpStatusCode ?? 0;
}

/** Says whether an error is an AWS error with one of these names. */
export function isNamed(error: unknown, ...names: readonly string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}
