import type { Sign } from '../../src/rollback/health.ts';
import { unreadable } from './unreadable.ts';
import type { SignSource } from './verify.ts';

/** Shorter than the timeout of the Lambda, so that a URL that hangs is a sign and not a timeout. */
const PROBE_MILLISECONDS = 5_000;

/**
 * Reads one sign for each watched URL: it must answer GET with a 2xx status. Redirects are not followed: a sign-in page
 * that answers 200 proves nothing about the page behind it.
 * @param get sends a request; the global `fetch`
 */
export function probes(get: typeof fetch, milliseconds = PROBE_MILLISECONDS): SignSource {
  return ({ plan }) => Promise.all(plan.watch.probes.map((url) => signOf(get, url, milliseconds)));
}

async function signOf(get: typeof fetch, url: string, milliseconds: number): Promise<Sign> {
  const of = `probe ${url}`;
  try {
    const answer = await get(url, { redirect: 'manual', signal: AbortSignal.timeout(milliseconds) });
    await answer.body?.cancel();
    return { of, state: answer.ok ? 'healthy' : 'unhealthy', says: `answered ${answer.status}` };
  } catch (error) {
    return unreadable(of, error);
  }
}
