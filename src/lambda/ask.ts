import { isIP } from 'node:net';
import type { Network } from './network.ts';
import { hostOf, problemOfAddress, type Hosts } from './hosts.ts';

/** The answer to a GET, and the seconds that it took, name resolution included. */
export interface Answer {
  readonly response: Response;
  readonly seconds: number;
}

/** Sends a GET. Throws NoAnswer, whose message holds neither the URL nor a header: both may be secret. */
export type Ask = (
  url: URL,
  milliseconds: number,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** A connection was made, and no answer came in time. */
  readonly isLate: boolean;
  constructor(says: string) {
    super(says);
    this.isLate = says === LATE;
  }
}

const LATE = 'no answer came in time';

/**
 * Calls only hosts that are public or listed. Resolves the name, checks every address, and connects to one that was
 * checked, so that a second answer of DNS cannot lead elsewhere.
 */
export function createAsk({ resolve, fetchFrom }: Network, hosts: Hosts): Ask {
  return async (url, milliseconds, headers = {}) => {
    const host = hostOf(url);
    const known = { value: [host], seconds: 0 };
    const { value: addresses, seconds } =
      isIP(host) === 0 ? await answered(resolve(host, milliseconds)) : known;
    const problem = addresses
      .map((address) => problemOfAddress(host, address, hosts))
      .find((one) => one !== null);
    if (problem !== undefined) throw new NoAnswer(problem);
    const left = Math.max(1, Math.round(milliseconds - seconds * 1000));
    const answer = await answered(fetchFrom(addresses, url, { headers, milliseconds: left }));
    return { response: answer.value, seconds: seconds + answer.seconds };
  };
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new NoAnswer(reasonOf(error));
  }
}

/** Returns a code such as ECONNREFUSED. A message may quote what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  if (error.name === 'TimeoutError') return LATE;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'the request failed';
}
