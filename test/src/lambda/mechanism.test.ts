import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims } from '../../../src/ledger/dynamodb.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { after } from '../../../src/rollback/time.ts';
import { startTables, type Tables } from '../ledger/tables.ts';
import { AT, ready, request } from '../rollback/documents.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const HOUR = 3600;
const context = {
  awsRequestId: 'request',
  functionName: 'function',
  memoryLimitInMB: '1024',
} as unknown as Context;

/** A mechanism whose way back takes half a day, its claims in a table, and what was asked of it. */
async function scene() {
  const claims = createClaims(tables.client, await tables.claimsTable());
  const asked: string[] = [];
  const mechanism = {
    stop: () => (asked.push('stop'), Promise.resolve({ state: 'not-running' })),
    revert: () => (asked.push('revert'), Promise.resolve({ state: 'started', deployment: 'back' })),
    settled: () => (asked.push('settled'), Promise.resolve({ state: 'pending', summary: 'it bakes' })),
  } as unknown as Mechanism;
  const clock = { now: AT };
  const handler = mechanismHandler(mechanism, claims, () => clock.now);
  const plan = { ...ready, rungs: [{ name: 'redeploy', does: '…', withinSeconds: 12 * HOUR }] };
  let rollback = { request, execution: 'one', plan } as unknown as Planned;
  await claims.take(request.target, 'ecs', 'one', request, AT);
  const verb = async (name: string, hours: number) => {
    clock.now = after(AT, hours * HOUR);
    rollback = (await handler({ verb: name, rollback }, context)) as Planned;
    return rollback;
  };
  const takes = (execution: string, hours: number) =>
    claims.take(request.target, 'ecs', execution, request, after(AT, hours * HOUR));
  return { asked, verb, takes };
}

describe('the claim', () => {
  it('is held by each look at a way back, however long that takes', async () => {
    const { verb, takes } = await scene();
    await verb('stop', 0);
    await verb('revert', 0);
    for (let hours = 1; hours <= 6; hours++) await verb('settled', hours);
    await expect(takes('two', 7)).rejects.toThrow('is being rolled back by one');
    expect((await verb('revert', 7)).reverted).toMatchObject({ state: 'started' });
  });

  it('once lost ends the looks too', async () => {
    const { asked, verb, takes } = await scene();
    await verb('revert', 0);
    await takes('two', 5);
    await expect(verb('settled', 5)).rejects.toThrow('one no longer holds');
    expect(asked).toEqual(['revert']);
  });
});
