import { expect, it } from 'vitest';
import type { Followed, Look, Weighed } from '../../../src/lookout/document.ts';
import { areMinutesDue } from '../../../src/lookout/pace.ts';
import { newestMinute } from '../../../src/lookout/signs/minutes.ts';
import { weigh } from '../../../src/lookout/weigh.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import { definition } from '../../paths/definition.ts';
import { at, followed, lookAt, minutes, sides, type Point } from './followed.ts';

/*
 * What one lookout costs, played by pace.ts and by the states of the machine.
 *
 * List prices of us-east-1 in USD, as of November 2026:
 * - https://aws.amazon.com/step-functions/pricing/: 0.025 for 1,000 transitions of a standard workflow
 * - https://aws.amazon.com/cloudwatch/pricing/: 0.01 for 1,000 metrics of GetMetricData, 0.50 for a GB of logs
 * - https://aws.amazon.com/lambda/pricing/: 0.0000133334 for a GB-second on Arm, 0.20 for a million requests
 * - https://aws.amazon.com/xray/pricing/: 5.00 for a million traces
 * - https://aws.amazon.com/dynamodb/pricing/on-demand/: 0.625 for a million writes, 0.125 for a million reads
 */
const TRANSITION = 0.025 / 1000;
const METRIC = 0.01 / 1000;
const LOGGED_KB = 0.5 / 1_000_000;
const GB_SECOND = 0.0000133334;
const RUN = (0.2 + 5) / 1_000_000;
const WRITE = 0.625 / 1_000_000;
const READ = 0.125 / 1_000_000;

/** Requests, errors and p95 of both sides and of the whole target. */
const METRICS_PER_READ = 9;

/** Estimates: nothing has been measured on AWS yet. Functions have 1 GB. A probe takes the time of its answer. */
const SECONDS_PER_RUN = 0.3;
const LOGGED_KB_PER_RUN = 4;

/** The most writes and reads of the tables for one look: the lease, and reservations in the calendar. */
const WRITES_PER_LOOK = 3;
const READS_PER_LOOK = 3;

/** How many transitions the machine makes from a state until it is back at Look, or has ended. */
function transitions(from: string, ...path: readonly string[]): number {
  const { States } = definition('lookout');
  let state = from;
  for (const next of path) {
    const { Next, Default, Choices = [] } = States[state]!;
    expect([Next, Default, ...Choices.map((choice) => choice.Next)], `${state} to ${next}`).toContain(next);
    state = next;
  }
  return path.length;
}

const PER_LOOK = transitions('Look', 'Weigh', 'Weighed', 'Wait', 'Look');
const MORE_FOR_SIDES =
  transitions('Look', 'Weigh', 'Weighed', 'WaitForSides', 'Sides', 'Sided', 'Look') - PER_LOOK;
const AROUND =
  transitions('Begin', 'Kind', 'Sides', 'Sided', 'Look') + transitions('Weighed', 'End', 'Ended') + 1;

/** Follows a deployment without waiting between states, which makes the most looks. Returns the cost in USD. */
function follow(
  seconds: number,
  more: Partial<ReturnType<typeof sides>>,
  isMeasured: (minute: number) => boolean,
) {
  let [looks, sidesRead, minutesRead] = [0, 1, 0];
  let look: Look | undefined;
  let weighed: Weighed | undefined;
  let both = sides(more);
  for (let age = 5; age < seconds;) {
    const now = at(age);
    const due = areMinutesDue(look ?? {}, newestMinute(look), both.startedAt, now);
    const measured = Array.from({ length: 10 + Math.floor(age / 60) }, (_, index): Point =>
      isMeasured(index - 10) && 60 * (index - 9) + 40 <= age ? [1000, 0, 0.1] : undefined,
    );
    minutesRead += due ? 1 : 0;
    look = lookAt(age, {
      ...(due ? { minutes: [minutes('whole', measured)], minutesAt: now } : keptMinutes(look)),
    });
    looks += 1;
    const document: Followed = { ...followed({ sides: both, look }), ...(weighed && { weighed }) };
    weighed = weigh(document, now);
    if (!('seconds' in weighed)) break;
    age += weighed.seconds;
    if (weighed.state !== 'wait-for-sides') continue;
    sidesRead += 1;
    both = { ...both, at: at(age) };
  }
  expect(secondsBetween(at(0), look?.at ?? at(0))).toBeGreaterThan(0.9 * seconds);
  const runs = 2 * looks + sidesRead + 1;
  return (
    TRANSITION * (PER_LOOK * looks + MORE_FOR_SIDES * sidesRead + AROUND) +
    METRIC * METRICS_PER_READ * minutesRead +
    (GB_SECOND * SECONDS_PER_RUN + RUN + LOGGED_KB * LOGGED_KB_PER_RUN) * runs +
    (WRITE * WRITES_PER_LOOK + READ * READS_PER_LOOK) * looks
  );
}

function keptMinutes(look: Look | undefined): Partial<Look> {
  const { minutes: kept, minutesAt } = look ?? {};
  return { ...(kept && { minutes: kept }), ...(minutesAt && { minutesAt }) };
}

const always = () => true;
/** Users go when the deployment begins: no newer minute is ever shown. */
const before = (minute: number) => minute < 0;
/** A deployment that never ends is read most often. */
const soaking = { finishedAt: at(400), tags: { ...sides().tags, 'lastgood:soak': '1440' } };

it.each([
  ['with traffic', {}, always],
  ['without traffic since it began', {}, before],
  ['that soaks', soaking, always],
] as const)('40 minutes of a deployment %s cost at most 0.03 USD', (_, more, isMeasured) => {
  const cost = follow(2400, more, isMeasured);
  expect(cost).toBeLessThanOrEqual(0.03);
  expect(cost).toBeGreaterThan(0.005);
});

it.each([
  ['with traffic', {}, always],
  ['without traffic since it began', {}, before],
  ['that soaks', soaking, always],
] as const)('four hours of a deployment %s cost at most 0.10 USD', (_, more, isMeasured) => {
  expect(follow(4 * 3600, more, isMeasured)).toBeLessThanOrEqual(0.1);
});

it('the history of four hours is far below the 25,000 events that Step Functions keeps', () => {
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: a task takes five events, others two.
  const perLook = 2 * 5 + 2 * 2;
  const looks = 48 + 36 + 60 + (4 * 3600) / 90;
  expect(looks * (perLook + 5 + 2)).toBeLessThan(25_000 / 2);
});
