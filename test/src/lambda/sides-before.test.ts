import '../../paths/silence-logs.ts';
import type { Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import type { Sides } from '../../../src/lookout/document.ts';
import { at, followed, sides } from '../lookout/followed.ts';
import { omit } from '../rollback/judge-facts.ts';

const NONE = { state: 'none', reason: 'AWS rolls the deployment of checkout:2 back natively.' } as const;

/** Calls the verb `sides` of a mechanism whose deployment has no sides any more. */
async function sidesAfter(before: Sides | undefined): Promise<Sides | undefined> {
  const mechanism = { sides: () => Promise.resolve(NONE) };
  const handler = mechanismHandler(mechanism as never, { now: () => at(300) } as never);
  const lookout = { ...omit(followed(), 'sides'), ...(before && { sides: before }) };
  const answer = await handler({ verb: 'sides', lookout, execution: 'one' }, {
    awsRequestId: 'one',
    functionName: 'ecs',
    memoryLimitInMB: '1024',
  } as unknown as Context);
  return (answer as { readonly sides?: Sides }).sides;
}

test('a lookout without sides any more keeps those that it followed, for its record', async () => {
  const { newer, older, tags } = sides();
  expect(await sidesAfter(sides())).toEqual({ ...NONE, were: { newer, older, tags }, at: at(300) });
});

test('a lookout that never had any has none', async () => {
  expect(await sidesAfter(undefined)).toEqual({ ...NONE, at: at(300) });
});
