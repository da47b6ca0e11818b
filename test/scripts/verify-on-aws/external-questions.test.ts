import { describe, expect, it } from 'vitest';
import { parameterConsistency } from '../../../scripts/verify-on-aws/questions/parameter-consistency.ts';
import type { Answer } from '../../../scripts/verify-on-aws/questions/question.ts';
import { transformerOfNull } from '../../../scripts/verify-on-aws/questions/transformer-of-null.ts';

const outputs = (key: string) => key;

describe('parameter-consistency', () => {
  /** @param late the number of reads after a write that return the value before */
  async function answer(late: number): Promise<Answer['is']> {
    const written: string[] = ['first'];
    let reads = 0;
    const send = ({ input }: { readonly input: { readonly Value?: string } }) => {
      if (input.Value !== undefined) {
        written.push(input.Value);
        reads = 0;
        return Promise.resolve({});
      }
      return Promise.resolve({ Parameters: [{ Value: reads++ < late ? written.at(-2) : written.at(-1) }] });
    };
    const shown = { clients: { ssm: { send } }, outputs, wait: () => Promise.resolve() };
    return (await parameterConsistency.answer(shown as never)).is;
  }

  it.each([
    [0, 'as assumed'],
    [1, 'as assumed'],
    [2, 'otherwise'],
  ] as const)('with %d late reads is %s', async (late, is) => {
    expect(await answer(late)).toBe(is);
  });
});

describe('transformer-of-null', () => {
  async function answer(...bodies: readonly string[]): Promise<Answer['is']> {
    const Messages = bodies.map((Body, index) => ({ MessageId: String(index), Body }));
    const clients = {
      events: { send: () => Promise.resolve({}) },
      sqs: { send: () => Promise.resolve({ Messages }) },
    };
    const shown = { clients, outputs, wait: () => Promise.resolve() };
    return (await transformerOfNull.answer(shown as never)).is;
  }
  const text = (nothing: unknown, stack = 'ExternalName') => JSON.stringify({ stack, nothing });

  it.each([
    [[text('')], 'as assumed'],
    [[text('null')], 'as assumed'],
    [[text('<nothing>')], 'otherwise'],
    [[text('', 'another'), 'no JSON'], 'not seen'],
  ] as const)('of %j is %s', async (bodies, is) => {
    expect(await answer(...bodies)).toBe(is);
  });
});
