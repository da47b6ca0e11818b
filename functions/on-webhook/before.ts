import { inTime } from '../../src/lambda/in-time.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Firings } from '../../src/ledger/firings.ts';
import type { Instant, Request } from '../../src/rollback/request.ts';
import type { Answer, Fired } from '../../src/targets/webhooks/alert.ts';

/** The longest wait for the earlier firings, which are optional. */
const MAX_MILLISECONDS = 2000;

/**
 * Records that an alert fired, and adds its earlier firings to each request. Leaves them out, which means not known, if
 * they cannot be read in time.
 */
export async function withBefore(answer: Answer, firings: Firings, now: Instant): Promise<Answer> {
  if (answer.kind === 'rejected' || answer.fired === undefined) return answer;
  const { fired } = answer;
  const found = await Promise.all(
    fired.targets.map(async (target) => [target, await rememberOf(fired, target, firings, now)] as const),
  );
  if (answer.kind === 'ignored') return answer;
  const before = new Map(found);
  return { ...answer, requests: answer.requests.map((request) => withFirings(request, before)) };
}

async function rememberOf(
  { by, alert, at }: Fired,
  target: string,
  firings: Firings,
  now: Instant,
): Promise<readonly Instant[] | null> {
  const before = await inTime(MAX_MILLISECONDS, () => firings.remember({ by, alert, target }, at, now));
  if (before === null) logger.warn('earlier firings of the alert are not known', { by, target });
  return before;
}

function withFirings(request: Request, before: ReadonlyMap<string, readonly Instant[] | null>): Request {
  const { target, trigger } = request;
  const moments = before.get(target) ?? null;
  if (trigger?.type !== 'request' || moments === null) return request;
  return { ...request, trigger: { ...trigger, before: [...moments] } };
}
