import '../../paths/silence-logs.ts';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { MAX_DOCUMENT_BYTES } from '../../../src/lambda/fitting.ts';
import { steps } from '../../../src/lambda/steps.ts';

const context = { awsRequestId: 'request', functionName: 'function', memoryLimitInMB: '1024' } as Context;
const rollback = { request: { target: 'ecs:prod/checkout', reason: 'ü' } };

/** Returns a document in which this slice fills the given number of bytes. */
const filling = (slice: string, bytes: number): string =>
  'x'.repeat(bytes - Buffer.byteLength(JSON.stringify({ ...rollback, [slice]: '' })));

describe('a document', () => {
  it('may have as many bytes as leave room for evidence and an error', async () => {
    const plan = filling('plan', MAX_DOCUMENT_BYTES);
    const answer = steps({ plan: { adds: 'plan', run: () => Promise.resolve(plan) } });
    expect(await answer({ verb: 'plan', rollback }, context)).toEqual({ ...rollback, plan });
  });

  it('that is larger is refused by a name, and says which slice is to blame', async () => {
    const plan = filling('plan', MAX_DOCUMENT_BYTES + 1);
    const answer = steps({ plan: { adds: 'plan', run: () => Promise.resolve(plan) } });
    await expect(answer({ verb: 'plan', rollback }, context)).rejects.toMatchObject({
      name: 'DocumentTooLarge',
      message: 'plan takes 160 KiB of a document of 161 KiB; at most 160 KiB fit',
    });
  });

  it('gets its outcome in any case', async () => {
    const large = { ...rollback, plan: 'x'.repeat(MAX_DOCUMENT_BYTES) };
    const answer = steps({ report: { adds: 'outcome', run: () => Promise.resolve('skipped') } });
    expect(await answer({ verb: 'report', rollback: large }, context)).toHaveProperty('outcome', 'skipped');
  });
});
