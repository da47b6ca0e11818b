import { asAssumed, notSeen, otherwise, type Question } from './question.ts';
import { sumsOf } from './sums.ts';

const MINUTE_MS = 60_000;

/** The delay that Lastgood assumes, and the seconds between two looks. */
const ASSUMED_SECONDS = 45;
const LOOK_SECONDS = 15;

/** CloudWatch shows the datapoint of a minute some time after the minute's end. */
export const lateDatapoints: Question = {
  id: 'late-datapoints',
  part: 'ecs-rolling',
  looksAt: "when GetMetricStatistics shows a minute's `RequestCount` of the load balancer",
  assumed: `${ASSUMED_SECONDS} seconds after the minute's end, or one look of ${LOOK_SECONDS} seconds earlier or later`,
  look: async (view) => {
    const end = Math.floor(view.now / MINUTE_MS) * MINUTE_MS;
    const age = Math.round((view.now - end) / 1000);
    const sums = await sumsOf(view, 'RequestCount', end - MINUTE_MS, end);
    return `${age} ${sums.length > 0 ? 'shown' : 'missing'}`;
  },
  answer: ({ seen }) => {
    const shown = agesOf(seen, 'shown');
    const missing = agesOf(seen, 'missing');
    if (shown.length === 0) return notSeen('no minute was shown within a minute of its end');
    const [earliest, latest] = [Math.min(...shown), Math.max(0, ...missing)];
    const found = `shown after ${earliest} seconds at the earliest, and missing after ${latest} at the latest`;
    const isClose = earliest >= ASSUMED_SECONDS - LOOK_SECONDS && latest <= ASSUMED_SECONDS + LOOK_SECONDS;
    return isClose ? asAssumed(found) : otherwise(found);
  },
};

function agesOf(seen: readonly string[], state: string): readonly number[] {
  return seen.filter((note) => note.endsWith(` ${state}`)).map((note) => Number.parseInt(note, 10));
}
