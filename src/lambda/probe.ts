import { NoAnswer, type Ask } from './ask.ts';

/** The answers to some GETs: how many seconds a 2xx took, or that there was none. */
export type Answers = readonly (number | 'failed')[];

/**
 * Sends so many GETs to these URLs, in turn and side by side. Never throws. One without a connection is left out: that may
 * be the fault of this function's own network, and says nothing about the target.
 */
export type Probe = (urls: readonly string[], count: number) => Promise<Answers>;

/** Shorter than the timeout of the function. */
const PROBE_MILLISECONDS = 5_000;

export function createProbe(ask: Ask): Probe {
  return async (urls, count) => {
    const sent = Array.from({ length: count }, (_, index) => urls[index % urls.length] ?? '');
    return (await Promise.all(sent.map((url) => answerOf(ask, url)))).filter((answer) => answer !== null);
  };
}

async function answerOf(ask: Ask, url: string): Promise<number | 'failed' | null> {
  try {
    const { response, seconds } = await ask(new URL(url), PROBE_MILLISECONDS);
    return response.ok ? seconds : 'failed';
  } catch (error) {
    return error instanceof NoAnswer && error.isLate ? 'failed' : null;
  }
}
