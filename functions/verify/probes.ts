import type { Sign } from '../../src/rollback/health.ts';
import type { Ask } from '../../src/lambda/ask.ts';
import { unreadable } from './unreadable.ts';
import type { SignSource } from './verify.ts';

/** Shorter than the timeout of the Lambda, so that a URL that hangs is a sign and not a timeout. */
const PROBE_MILLISECONDS = 5_000;

/** The sign names the seconds of a slower answer. */
const SLOW_SECONDS = 1;

/**
 * Reads one sign for each watched URL: it must answer GET with a 2xx status. Redirects are not followed: a sign-in page
 * that answers 200 proves nothing about the page behind it.
 */
export function probes(ask: Ask, milliseconds = PROBE_MILLISECONDS): SignSource {
  return ({ plan }) => Promise.all(plan.watch.probes.map((url) => signOf(ask, url, milliseconds)));
}

async function signOf(ask: Ask, url: string, milliseconds: number): Promise<Sign> {
  const of = `probe ${url}`;
  try {
    const { response, seconds } = await ask(new URL(url), milliseconds);
    const slowly = seconds > SLOW_SECONDS ? ` after ${seconds.toFixed(1)} s` : '';
    return { of, state: response.ok ? 'healthy' : 'unhealthy', says: `answered ${response.status}${slowly}` };
  } catch (error) {
    return unreadable(of, error);
  }
}
