import { isNamed } from '../../../src/aws/errors.ts';
import { weighing } from '../parts/lattice-weights.ts';
import { minutesOf, total } from './lattice-minutes.ts';
import { asAssumed, notSeen, otherwise, type Answer, type Question, type Shown } from './question.ts';

const MINUTE_MS = 60_000;

/** The data plane follows, then come two whole minutes, and CloudWatch shows them. */
const SPREAD_SECONDS = 2 * 60;
const REQUESTS_SECONDS = 3 * 60;
const SHOWN_SECONDS = 2 * 60;

/** VPC Lattice forwards nothing where every weight is 0. */
export const latticeAllZero: Question = {
  id: 'lattice-all-zero',
  part: 'lattice-weights',
  looksAt: 'requests to a listener after UpdateListener set all of its weights to 0',
  assumed: 'AWS takes the weights, no group gets a request, and each request is answered with a 5xx',
  answer: async (shown) => {
    const { clients, outputs, wait } = shown;
    try {
      await clients.lattice.send(weighing(outputs, { LatticeEvenGroup: 0, LatticeOddGroup: 0 }));
    } catch (error) {
      if (!isNamed(error, 'ValidationException')) throw error;
      return otherwise(`refused: ${error.message}`);
    }
    await wait(SPREAD_SECONDS + REQUESTS_SECONDS + SHOWN_SECONDS);
    return seenIn(shown);
  },
};

async function seenIn(shown: Shown): Promise<Answer> {
  const from = Math.ceil((shown.now + SPREAD_SECONDS * 1000) / MINUTE_MS) * MINUTE_MS;
  const to = from + 2 * MINUTE_MS;
  const [requests, errors, even, odd] = await Promise.all([
    minutesOf(shown, 'TotalRequestCount', 'LatticeService', from, to),
    minutesOf(shown, 'HTTPCode_5XX_Count', 'LatticeService', from, to),
    minutesOf(shown, 'TotalRequestCount', 'LatticeEvenGroup', from, to),
    minutesOf(shown, 'TotalRequestCount', 'LatticeOddGroup', from, to),
  ]);
  if (requests.length === 0) return notSeen('no minute with requests to the service was shown');
  const forwarded = total(even) + total(odd);
  const found = `${total(requests)} requests, ${total(errors)} answered with a 5xx, ${forwarded} forwarded`;
  const isAssumed = forwarded === 0 && total(errors) === total(requests);
  return isAssumed ? asAssumed(found) : otherwise(found);
}
