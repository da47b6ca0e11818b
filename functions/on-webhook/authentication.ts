import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../src/aws/secret.ts';
import type { WebhookRequest } from './http.ts';

/** Says whether the sender knows the vendor's secret. PagerDuty signs with it; the others send it as a bearer token. */
export function isGenuine(request: WebhookRequest, secret: Secret): boolean {
  return request.vendor === 'pagerduty' ? isSigned(request, secret) : bears(request, secret);
}

/**
 * Checks signatures, separated by commas: one per valid secret while an operator changes it. They cover no timestamp,
 * so recent.ts ignores an old alert by its content.
 * https://developer.pagerduty.com/docs/verifying-signatures
 */
function isSigned({ signature, body }: WebhookRequest, secret: Secret): boolean {
  const wanted = `v1=${createHmac('sha256', secret.reveal()).update(body).digest('hex')}`;
  return signature.split(',').some((one) => equal(one.trim(), wanted));
}

/** Checks a bearer token. The scheme's name is case-insensitive. https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function bears({ authorization }: WebhookRequest, secret: Secret): boolean {
  const [, token] = /^bearer +(.+)$/i.exec(authorization) ?? [];
  return token !== undefined && equal(token, secret.reveal());
}

/** Compares in a time that depends neither on where the texts differ nor on their lengths. */
function equal(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
