import { asAssumed, notSeen, otherwise, type Question, type Shown } from './question.ts';
import { sumsOf } from './sums.ts';

const MINUTE_MS = 60_000;

/** A minute with requests and without an error has no datapoint of the count of errors. */
export const silent5xxCount: Question = {
  id: 'silent-5xx-count',
  part: 'ecs-rolling',
  looksAt: 'the datapoints of `HTTPCode_Target_5XX_Count` in minutes before the bad release',
  assumed: 'there are none while no request fails',
  answer: async (shown) => {
    const [requests, errors] = await Promise.all([
      before(shown, 'RequestCount'),
      before(shown, 'HTTPCode_Target_5XX_Count'),
    ]);
    if (requests.length === 0) return notSeen('no minute before the release had a request');
    if (errors.some((sum) => sum > 0)) return notSeen('requests failed before the release');
    const found = `${errors.length} datapoints in ${requests.length} minutes with requests`;
    return errors.length === 0 ? asAssumed(found) : otherwise(`${found}, of zero`);
  },
};

/** Leaves out the minute of the release, and the first ones, in which the service started. */
function before(shown: Shown, metric: string): Promise<readonly number[]> {
  const to = Math.floor(shown.course.releasedAt / MINUTE_MS) * MINUTE_MS;
  return sumsOf(shown, metric, to - 6 * MINUTE_MS, to);
}
