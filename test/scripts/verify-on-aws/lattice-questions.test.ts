import { expect, it } from 'vitest';
import { latticeAllZero } from '../../../scripts/verify-on-aws/questions/lattice-all-zero.ts';
import { latticeServiceDimension } from '../../../scripts/verify-on-aws/questions/lattice-service-dimension.ts';
import { latticeSpread } from '../../../scripts/verify-on-aws/questions/lattice-spread.ts';
import type { Answer, Question } from '../../../scripts/verify-on-aws/questions/question.ts';

const RELEASED_AT = Date.parse('2026-11-22T02:00:30.000Z');
const REVERTED_AT = '2026-11-22T02:06:30.000Z';
const minute = (at: string) => ({ Timestamp: new Date(`2026-11-22T${at}:00.000Z`), Sum: 300 });

interface Seen {
  /** The minutes of a metric with this dimension, as `TotalRequestCount LatticeEvenGroup`. */
  readonly minutes?: Readonly<Record<string, readonly ReturnType<typeof minute>[]>>;
  /** The values that ListMetrics shows for a dimension. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** The name of the error of UpdateListener. */
  readonly refusal?: string;
}

interface Input {
  readonly MetricName: string;
  readonly StartTime?: Date;
  readonly EndTime?: Date;
  readonly Dimensions: readonly { readonly Name: string; readonly Value?: string }[];
}

/** Answers a question from metrics, which have the outputs' keys as ids. */
async function answer(
  question: Question,
  { minutes = {}, values = {}, refusal }: Seen,
): Promise<Answer['is']> {
  const send = ({ input }: { readonly input: Input }) => {
    const [{ Name, Value } = { Name: '' }] = input.Dimensions;
    if (Value === undefined)
      return Promise.resolve({
        Metrics: (values[Name] ?? []).map((value) => ({ Dimensions: [{ Name, Value: value }] })),
      });
    const within = ({ Timestamp }: ReturnType<typeof minute>) =>
      Timestamp >= (input.StartTime ?? Timestamp) && Timestamp < (input.EndTime ?? Infinity);
    return Promise.resolve({ Datapoints: (minutes[`${input.MetricName} ${Value}`] ?? []).filter(within) });
  };
  const update = () =>
    refusal === undefined
      ? Promise.resolve({})
      : Promise.reject(Object.assign(new Error('no'), { name: refusal }));
  const execution = {
    document: { reverted: { at: REVERTED_AT } },
    endedAt: new Date('2026-11-22T02:14:00.000Z'),
  };
  const view = {
    clients: { cloudWatch: { send }, lattice: { send: update } },
    outputs: (key: string) => key,
    course: { releasedAt: RELEASED_AT, execution },
    now: Date.parse('2026-11-22T02:20:10.000Z'),
    wait: () => Promise.resolve(),
  };
  return (await question.answer(view as never)).is;
}

const REQUESTS = 'TotalRequestCount';
const spread = (even: readonly string[], odd: readonly string[]): Seen => ({
  minutes: {
    [`${REQUESTS} LatticeEvenGroup`]: even.map(minute),
    [`${REQUESTS} LatticeOddGroup`]: odd.map(minute),
  },
});
const both = ['02:23', '02:24'].map(minute);
const zero = (more: Seen['minutes']): Seen => ({
  minutes: { [`${REQUESTS} LatticeService`]: both, ...more },
});
const ERRORS = 'HTTPCode_5XX_Count LatticeService';

const cases: readonly (readonly [Question, Answer['is'], Seen])[] = [
  [
    latticeServiceDimension,
    'as assumed',
    { values: { Service: ['svc-1', 'LatticeService'], TargetGroup: ['LatticeEvenGroup'] } },
  ],
  [
    latticeServiceDimension,
    'otherwise',
    { values: { Service: ['shop'], TargetGroup: ['LatticeEvenGroup'] } },
  ],
  [latticeServiceDimension, 'otherwise', { values: { Service: ['LatticeService'] } }],
  [latticeServiceDimension, 'not seen', {}],
  // Even has requests again once the weights are put back, and the minute of that write is left out.
  [latticeSpread, 'as assumed', spread(['02:00', '02:02', '02:06', '02:07'], ['02:06', '02:08'])],
  [latticeSpread, 'otherwise', spread(['02:00', '02:03'], ['02:06'])],
  [latticeSpread, 'otherwise', spread(['02:00'], ['02:06', '02:09'])],
  [latticeSpread, 'not seen', spread(['02:00'], [])],
  [latticeAllZero, 'as assumed', zero({ [ERRORS]: both })],
  [latticeAllZero, 'otherwise', zero({})],
  [latticeAllZero, 'otherwise', zero({ [ERRORS]: both, [`${REQUESTS} LatticeOddGroup`]: both })],
  [latticeAllZero, 'otherwise', { refusal: 'ValidationException' }],
  [latticeAllZero, 'not seen', {}],
];

it.each(cases.map(([question, is, seen]) => ({ id: question.id, is, question, seen })))(
  'the answer to $id is $is',
  async ({ question, is, seen }) => {
    expect(await answer(question, seen)).toBe(is);
  },
);

it('an error that is no refusal of the weights is no answer', async () => {
  await expect(answer(latticeAllZero, { refusal: 'AccessDeniedException' })).rejects.toThrow('no');
});
