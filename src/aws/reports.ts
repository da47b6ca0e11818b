import { bucketAddress } from './bucket-address.ts';
import type { Variables } from './client.ts';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import { ownCredentials } from './own-credentials.ts';
import { keyPath, presignedS3Url, type PresignedCall } from './signature.ts';

/** Long enough to open a link, and too short to pass it on. */
export const LINK_SECONDS = 300;

/** For a call of this function itself. */
const CALL_SECONDS = 60;
const TIMEOUT_MS = 10_000;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

const TYPE = 'text/html; charset=utf-8';

/** A link to a report page. It works without credentials, until it expires. */
export interface FreshLink {
  readonly url: string;
  readonly expiresAt: Instant;
}

/** The bucket of the report pages. */
export interface Reports {
  /** @throws Error unless S3 took the page */
  put(execution: string, page: string): Promise<void>;
  /**
   * Returns a fresh link to the report of an execution. Null: there is none, or none yet.
   * @throws Error if S3 does not answer
   */
  link(execution: string): Promise<FreshLink | null>;
}

interface Surroundings extends Variables {
  readonly fetch: typeof fetch;
  readonly now: () => Instant;
}

/**
 * Reads and writes the bucket with signed requests: the client of S3 is larger than all else of these functions
 * (ADR 13).
 */
export function createReports(surroundings: Surroundings): Reports {
  const { fetch: send, now, setting } = surroundings;
  const sign = (
    call: Pick<PresignedCall, 'method' | 'headers'>,
    execution: string,
    validSeconds: number,
  ): URL => {
    const bucket = bucketAddress(setting('REPORTS_BUCKET'), surroundings);
    const url = new URL(`${bucket}/${keyPath(keyOf(nameOf(execution)))}`);
    const region = setting('AWS_REGION');
    return presignedS3Url(
      { ...call, url, region, validSeconds },
      ownCredentials(surroundings),
      new Date(now()),
    );
  };
  const request = async (url: URL, init: RequestInit) =>
    send(url.href, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' });
  return {
    put: async (execution, page) => {
      const headers = { 'content-type': TYPE, 'cache-control': 'private, no-store' };
      const url = sign({ method: 'PUT', headers }, execution, CALL_SECONDS);
      const answer = await request(url, { method: 'PUT', headers, body: page });
      if (answer.status !== 200) throw await refusal('PutObject', answer);
    },
    link: async (execution) => {
      const answer = await request(sign({ method: 'HEAD' }, execution, CALL_SECONDS), { method: 'HEAD' });
      const { status } = answer;
      // Only with the permission to list the bucket. Without it S3 answers 403, as if the page could not be read.
      if (status === 404) return null;
      if (status !== 200) throw await refusal('HeadObject', answer);
      const expiresAt = after(now(), LINK_SECONDS);
      return { url: sign({ method: 'GET' }, execution, LINK_SECONDS).href, expiresAt };
    },
  };
}

/** Names the error of S3, which is in the body. */
async function refusal(operation: string, answer: Response): Promise<Error> {
  const [, code = 'no error code'] = /<Code>(\w+)<\/Code>/.exec(await answer.text()) ?? [];
  return new Error(`S3 answered ${operation} with status ${answer.status}, ${code}`);
}

/** Says whether a text can be the name of an execution. */
export function isExecutionName(text: string): boolean {
  return NAME.test(text);
}

/** Returns the name in the ARN of an execution. */
export function nameOf(execution: string): string {
  return execution.slice(execution.lastIndexOf(':') + 1);
}

/**
 * Returns the key of a report. Bytes other than letters, digits and hyphens are written as `_` and two hexadecimal
 * digits: two names never share a key, and no name contains a path.
 */
export function keyOf(name: string): string {
  const safe = Array.from(Buffer.from(name), (byte) => {
    const letter = String.fromCharCode(byte);
    return /[A-Za-z0-9-]/.test(letter) ? letter : `_${byte.toString(16).padStart(2, '0')}`;
  });
  return `reports/${safe.join('')}.html`;
}
