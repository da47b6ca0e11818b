import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Starter } from '../../src/lambda/start.ts';
import type { Firings } from '../../src/ledger/firings.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { rejected, wrongIn } from '../../src/targets/answer.ts';
import { parseJson } from '../../src/rollback/json.ts';
import type { Answer } from '../../src/targets/webhooks/alert.ts';
import { readWebhook } from '../../src/targets/webhooks/read.ts';
import { vendors, type Vendor } from '../../src/targets/webhooks/vendors.ts';
import { isGenuine } from './authentication.ts';
import { withBefore } from './before.ts';
import { answer, readHttp, type HttpAnswer } from './http.ts';
import type { SecretOf } from './secrets.ts';

export interface OnWebhook {
  readonly secretOf: SecretOf;
  readonly starter: Starter;
  readonly firings: Firings;
  readonly now: () => string;
}

/**
 * Starts the rollbacks that the alerts in a webhook's body request, and returns the results. Throws an error of AWS:
 * then API Gateway answers 500, and the tool retries.
 */
export function onWebhook({
  secretOf,
  starter,
  firings,
  now,
}: OnWebhook): (event: unknown) => Promise<HttpAnswer> {
  return async (event) => {
    const request = readHttp(event);
    const vendor = vendors.find(({ name }) => name === request.vendor);
    if (vendor === undefined) return refused(404, request.vendor);
    const secret = await secretOf(vendor.name);
    if (secret === undefined) return refused(503, vendor.name);
    if (!isGenuine(request, secret)) return refused(401, vendor.name);
    const at = now();
    const answers = readBody(vendor, request.body, at).map((one) => withBefore(one, firings, at));
    const read = await Promise.all(answers);
    logger.info('read', { vendor: vendor.name, read });
    return act(starter, read);
  };
}

/** Refuses a request. The response has no body, so that a forger learns nothing. */
function refused(statusCode: number, vendor: string): HttpAnswer {
  logger.warn('refused', { statusCode, vendor });
  return { statusCode };
}

function readBody(vendor: Vendor, bytes: Buffer, now: Instant): readonly Answer[] {
  const body = parseJson(bytes.toString('utf8'));
  return body === undefined ? [rejected('body', 'must be JSON')] : readWebhook(vendor, body, now);
}

/** Starts all valid requests, even if the body contains invalid ones. */
async function act(starter: Starter, read: readonly Answer[]): Promise<HttpAnswer> {
  const requests = read.flatMap((one) => ('requests' in one ? one.requests : []));
  const started = await startAll(starter, requests);
  const [wrong] = read.flatMap(wrongIn);
  if (wrong !== undefined) return answer(400, { field: wrong.field, problem: wrong.problem, started });
  if (started.length > 0) return answer(202, { started });
  const reasons = read.flatMap((one) => ('reason' in one ? [one.reason] : []));
  return answer(200, { ignored: reasons.length === 0 ? ['contains no alert'] : [...new Set(reasons)] });
}
