import type { Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { mechanismHandler, type Around } from '../../../src/lambda/mechanism.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { followed } from '../../contract/follow.ts';

const AT = '2026-11-22T03:00:00.000Z';
const context = { awsRequestId: 'request', functionName: 'f', memoryLimitInMB: '1024' } as unknown as Context;

/** Asks the Lambda of a mechanism for the sides. Every other verb of it fails. */
function sidesOf(sides: Sided['sides']) {
  const mechanism = { memo: z.unknown(), sides } as unknown as Mechanism & Sided;
  const around = { now: () => AT } as Around;
  const lookout = followed('ecs:prod/checkout', AT);
  return mechanismHandler(mechanism, around)({ verb: 'sides', lookout, execution: 'arn:one' }, context);
}

test('a target that no rollback covers has no sides', async () => {
  const gone = () => Promise.reject(new UnsupportedTarget('ecs:prod/checkout: there is no such service'));
  expect(await sidesOf(gone)).toMatchObject({
    sides: { state: 'none', at: AT, reason: 'ecs:prod/checkout: there is no such service.' },
  });
});

test('any other error is thrown, so that the machine tries again or ends', async () => {
  await expect(sidesOf(() => Promise.reject(new TypeError('broken')))).rejects.toThrow('broken');
});
