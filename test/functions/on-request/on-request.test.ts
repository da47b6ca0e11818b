import { describe, expect, test } from 'vitest';
import { onRequest } from '../../../functions/on-request/on-request.ts';
import type { Emitter } from '../../../src/events/emit.ts';
import { altered, fixture } from '../../src/targets/fixtures.ts';
import { createFakeStarter } from '../starter.ts';

function setUp() {
  const starter = createFakeStarter();
  const told: [string, unknown][] = [];
  const emitter: Emitter = {
    emit: (detailType, detail) => Promise.resolve(void told.push([detailType, detail])),
  };
  return { starter, told, handle: onRequest({ starter, emitter, now: () => '2026-11-20T09:30:01.000Z' }) };
}

describe('a request', () => {
  test('starts a rollback, once', async () => {
    const { starter, told, handle } = setUp();
    await handle(fixture('rollback-requested'));
    await handle(fixture('rollback-requested'));
    expect(starter.started).toMatchObject([
      { target: 'ecs:prod/checkout', reason: 'Basket totals are wrong since 4.12' },
    ]);
    expect(told).toEqual([]);
  });

  test('that is malformed is told so on the bus, and thrown', async () => {
    const { starter, told, handle } = setUp();
    const event = altered('rollback-requested', ['detail', 'target'], 'prod/checkout');
    await expect(handle(event)).rejects.toMatchObject({ name: 'InvalidRequest', field: 'detail.target' });
    const problem = expect.stringContaining('"prod/checkout" must begin with a kind: ') as string;
    const request = '5d0b7c1e-83a4-4e69-9f12-6c2ab8e07d35';
    const rejection = {
      version: '1',
      request,
      field: 'detail.target',
      problem,
      rejectedAt: '2026-11-20T09:30:01.000Z',
    };
    expect(told).toEqual([['Rollback Rejected', rejection]]);
    expect(starter.started).toEqual([]);
  });

  test('is no other event of our bus', async () => {
    const { starter, told, handle } = setUp();
    expect(await handle(altered('rollback-requested', ['detail-type'], 'Rollback Rejected'))).toMatchObject({
      kind: 'ignored',
    });
    expect([starter.started, told]).toEqual([[], []]);
  });
});
