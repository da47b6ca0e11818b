import { GetEnvironmentCommand, TagResourceCommand } from '@aws-sdk/client-appconfig';
import { deployable } from '../parts/appconfig-profile.ts';
import { THROW_AWAY } from '../tags.ts';
import { asAssumed, otherwise, type Question } from './question.ts';

const [READS, WRITES] = [20, 5];

/** Long enough for the rates to allow as much again, and no part of a minute: the sweep of Lastgood reads each minute. */
const REST_SECONDS = 35;

/** The reads of others count too, so only a burst that is throttled each time says something. */
const TRIES = 2;

/** AppConfig takes so many requests at once. The rates over time are not looked at, as they would take far more. */
export const appconfigRequestRates: Question = {
  id: 'appconfig-request-rates',
  part: 'appconfig-profile',
  looksAt: `${READS} GetEnvironment at once, and then ${WRITES} TagResource at once`,
  assumed: 'none of them is throttled',
  answer: async ({ clients: { appConfig }, outputs, wait }) => {
    const { ApplicationId, EnvironmentId } = deployable(outputs);
    const tag = { ResourceArn: outputs('FlagsArn'), Tags: THROW_AWAY };
    const read = () => appConfig.send(new GetEnvironmentCommand({ ApplicationId, EnvironmentId }));
    const write = () => appConfig.send(new TagResourceCommand(tag));
    const found: string[] = [];
    while (found.length < TRIES) {
      await wait(REST_SECONDS);
      const [reads, writes] = [await throttled(READS, read), await throttled(WRITES, write)];
      found.push(`${reads} reads and ${writes} writes were throttled`);
      if (reads + writes === 0) return asAssumed(found.join(', then '));
    }
    return otherwise(found.join(', then '));
  },
};

/** Sends requests at once, and counts those that the SDK had to send again. @throws Error of any other refusal */
async function throttled(
  count: number,
  send: () => Promise<{ readonly $metadata: { readonly attempts?: number | undefined } }>,
): Promise<number> {
  const sent = await Promise.allSettled(Array.from({ length: count }, send));
  const again = sent.filter((one) => {
    if (one.status === 'fulfilled') return (one.value.$metadata.attempts ?? 1) > 1;
    if (one.reason instanceof Error && /Throttl|TooManyRequests/.test(one.reason.name)) return true;
    throw one.reason;
  });
  return again.length;
}
