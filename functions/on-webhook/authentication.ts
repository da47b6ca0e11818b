import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookRequest } from './http.ts';

/** Whether a request comes from who knows the vendor's secret: PagerDuty signs, all others send it as a bearer token. */
export function isGenuine(request: WebhookRequest, secret: string): boolean {
  return request.vendor === 'pagerduty' ? isSigned(request, secret) : bears(request, secret);
}

/**
 * One signature for each secret that is valid while it is changed, separated by commas. It covers no time: an old
 * request is told by what it says (recent.ts).
 * https://developer.pagerduty.com/docs/verifying-signatures
 */
function isSigned({ signature, body }: WebhookRequest, secret: string): boolean {
  const wanted = `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
  return signature.split(',').some((one) => equal(one.trim(), wanted));
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1; the name of the scheme in any case. */
function bears({ authorization }: WebhookRequest, secret: string): boolean {
  const [, token] = /^bearer +(.+)$/i.exec(authorization) ?? [];
  return token !== undefined && equal(token, secret);
}

/** In a time that does not depend on where they differ, nor on how long they are. */
function equal(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
