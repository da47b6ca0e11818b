import { expect, test } from 'vitest';
import { lateStage } from '../../../scripts/verify-on-aws/questions/late-stage.ts';
import type { Answer } from '../../../scripts/verify-on-aws/questions/question.ts';
import { stagePatchOrder } from '../../../scripts/verify-on-aws/questions/stage-patch-order.ts';

const RELEASED_AT = Date.parse('2026-11-22T02:00:00.000Z');
const after = (seconds: number, state: string): string => `${RELEASED_AT + seconds * 1000} ${state}`;

test.each([
  [[after(0, 'old'), after(15, 'new'), after(300, 'old')], 'as assumed'],
  [[after(0, 'old'), after(45, 'new')], 'otherwise'],
  [[after(0, 'old')], 'not seen'],
] as const)('late-stage: from %j it is %s', async (seen, is) => {
  const shown = { seen, course: { releasedAt: RELEASED_AT } };
  expect((await lateStage.answer(shown as never)).is).toBe(is);
});

interface Patch {
  readonly path?: string;
  readonly value?: string;
}

/** An API Gateway that applies the operations of a list as this stage does, and may refuse it afterwards. */
async function answerOf(apply: (patches: readonly Patch[], refuse: () => never) => string): Promise<Answer> {
  let release = 'good';
  const refuse = (): never => {
    throw Object.assign(new Error('Deployment id does not exist'), { name: 'BadRequestException' });
  };
  const send = ({ input }: { readonly input: { readonly patchOperations?: readonly Patch[] } }) => {
    if (input.patchOperations === undefined) return Promise.resolve({ variables: { release } });
    try {
      release = apply(input.patchOperations, refuse);
      return Promise.resolve({});
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (typeof error.cause === 'string') release = error.cause;
      return Promise.reject(error);
    }
  };
  const wait = () => Promise.resolve();
  const shown = { clients: { apiGateway: { send } }, outputs: (key: string) => key, wait };
  return stagePatchOrder.answer(shown as never);
}

const isOfDeployment = ({ path }: Patch): boolean => path === '/deploymentId';
const valuesIn = (patches: readonly Patch[]) =>
  patches.filter((one) => !isOfDeployment(one)).map(({ value = '' }) => value);

test('stage-patch-order: in order and as a whole is as assumed', async () => {
  const answer = await answerOf((patches, refuse) =>
    patches.some(isOfDeployment) ? refuse() : (valuesIn(patches).at(-1) ?? ''),
  );
  expect(answer).toEqual({
    is: 'as assumed',
    found: 'set to first and second, it was second; after BadRequestException, it was second',
  });
});

test('stage-patch-order: another order is otherwise', async () => {
  const answer = await answerOf((patches, refuse) =>
    patches.some(isOfDeployment) ? refuse() : (valuesIn(patches)[0] ?? ''),
  );
  expect(answer.is).toBe('otherwise');
});

test('stage-patch-order: a part of a refused list that holds is otherwise', async () => {
  const answer = await answerOf((patches) => {
    const last = valuesIn(patches).at(-1) ?? '';
    if (!patches.some(isOfDeployment)) return last;
    throw Object.assign(new Error('refused', { cause: last }), { name: 'NotFoundException' });
  });
  expect(answer).toMatchObject({ is: 'otherwise', found: expect.stringContaining('third') as string });
});

test('stage-patch-order: it is not seen where a variable cannot be set twice, or anything is accepted', async () => {
  expect((await answerOf((_, refuse) => refuse())).is).toBe('not seen');
  expect((await answerOf(() => 'second')).is).toBe('not seen');
});
