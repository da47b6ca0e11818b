import { createHash, createHmac, type Hash } from 'node:crypto';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod/mini';
import { CannotSay } from '../../command-line/status.ts';

const TIMEOUT_MS = 30_000;

/** The answer of `POST /reports/{execution}`. */
const Link = z.object({ url: z.string(), expiresAt: z.string() });
export type Link = z.infer<typeof Link>;

/**
 * Asks for a fresh link to a report, signed with the credentials and the Region of a client.
 * @throws CannotSay where there is no report, or the API does not answer
 */
export async function askForLink(
  { config }: Pick<CloudFormationClient, 'config'>,
  address: string,
  execution: string,
): Promise<Link | 'forbidden'> {
  const url = new URL(`${address}/${encodeURIComponent(execution)}`);
  const signer = new SignatureV4({
    credentials: config.credentials,
    region: config.region,
    service: 'execute-api',
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port !== '' && { port: Number(url.port) }),
    path: url.pathname,
    query: {},
    headers: { host: url.host },
  });
  const answer = await fetch(url, { method: 'POST', headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (answer.status === 403) return 'forbidden';
  if (answer.status === 404) throw new CannotSay('there is no report of this execution, or none yet');
  if (answer.status !== 200) throw new CannotSay(`the API answered with status ${answer.status}`);
  return z.parse(Link, await answer.json());
}

/** The hash that the signer needs, made by Node. */
class Sha256 {
  readonly #hash: Hash | ReturnType<typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', secret as NodeJS.ArrayBufferView);
  }

  update(chunk: Uint8Array | string): void {
    this.#hash.update(chunk);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    throw new Error('a hash is used once');
  }
}
