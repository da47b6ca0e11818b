import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own advice; a captured request is good for no longer, and within it only once (nonces.ts). */
const OLDEST_SECONDS = 300;

/** How far Slack's clock may be ahead of ours. */
const AHEAD_SECONDS = 60;

/** What a request says of its origin: two headers, and the body exactly as it was sent. */
export interface Signed {
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

export type Signature = 'genuine' | 'malformed' | 'stale' | 'future' | 'forged';

/**
 * Whether a request comes from Slack and from just now. Everything is checked in the order that tells a forger least:
 * what is stale is refused before its signature is looked at.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 * @param now seconds since the epoch
 * @param oldest how old it may be, in seconds
 */
export function checkSignature(
  { timestamp, signature, body }: Signed,
  secret: string,
  now: number,
  oldest = OLDEST_SECONDS,
): Signature {
  if (!/^[1-9]\d{0,11}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'malformed';
  const age = now - Number(timestamp);
  if (age > oldest) return 'stale';
  if (age < -AHEAD_SECONDS) return 'future';
  return equal(signature, signatureOf({ timestamp, body }, secret)) ? 'genuine' : 'forged';
}

/** The value of the header `x-slack-signature`. */
export function signatureOf({ timestamp, body }: Omit<Signed, 'signature'>, secret: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** In a time that does not depend on where they differ, nor on how long they are. */
function equal(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
