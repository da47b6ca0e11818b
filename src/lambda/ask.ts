import { isIP } from 'node:net';
import type { Network } from './network.ts';
import { hostOf, problemOfAddress, type Hosts } from './hosts.ts';

/** Sends a GET. Throws NoAnswer, whose message holds neither the URL nor a header: both may be secret. */
export type Ask = (
  url: URL,
  milliseconds: number,
  headers?: Readonly<Record<string, string>>,
) => Promise<Response>;

export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * Calls only hosts that are public or listed. Resolves the name, checks every address, and connects to one that was
 * checked, so that a second answer of DNS cannot lead elsewhere.
 */
export function createAsk({ resolve, fetchFrom }: Network, hosts: Hosts): Ask {
  return async (url, milliseconds, headers = {}) => {
    const host = hostOf(url);
    const signal = AbortSignal.timeout(milliseconds);
    const addresses = isIP(host) === 0 ? await inTime(resolve(host), signal) : [host];
    const problem = addresses
      .map((address) => problemOfAddress(host, address, hosts))
      .find((one) => one !== null);
    if (problem !== undefined) throw new NoAnswer(problem);
    return inTime(fetchFrom(addresses, url, { headers, signal }), signal);
  };
}

async function inTime<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const tooLate = new Promise<never>((_, fail) => {
    signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([answer, tooLate]);
  } catch (error) {
    throw new NoAnswer(reasonOf(error));
  }
}

/** Returns a code such as ECONNREFUSED. A message may quote what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  if (error.name === 'TimeoutError') return 'no answer came in time';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'the request failed';
}
