import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../aws/secret.ts';

/** Slack's own advice. A captured request is valid only for this long, and only once (nonces.ts). */
const OLDEST_SECONDS = 300;

/** How far Slack's clock may be ahead of Lambda's. */
const AHEAD_SECONDS = 60;

/** The signed parts of a request: two headers, and the body exactly as it was sent. */
export interface Signed {
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

export type Signature = 'genuine' | 'malformed' | 'stale' | 'future' | 'forged';

/**
 * Says whether a request comes from Slack and is recent. Refuses a stale request before it checks the signature, so
 * that a forger learns the least.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 * @param now seconds since the epoch
 * @param oldest how old it may be, in seconds
 */
export function checkSignature(
  { timestamp, signature, body }: Signed,
  secret: Secret,
  now: number,
  oldest = OLDEST_SECONDS,
): Signature {
  if (!/^[1-9]\d{0,11}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'malformed';
  const age = now - Number(timestamp);
  if (age > oldest) return 'stale';
  if (age < -AHEAD_SECONDS) return 'future';
  return equal(signature, signatureOf({ timestamp, body }, secret)) ? 'genuine' : 'forged';
}

/** Returns the value of the header `x-slack-signature`. */
export function signatureOf({ timestamp, body }: Omit<Signed, 'signature'>, secret: Secret): string {
  return `v0=${createHmac('sha256', secret.reveal()).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Compares in a time that depends neither on where the texts differ nor on their lengths. */
function equal(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
