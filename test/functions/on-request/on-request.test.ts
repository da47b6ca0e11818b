import { describe, expect, test } from 'vitest';
import { onRequest } from '../../../functions/on-request/on-request.ts';
import type { Emitter } from '../../../src/events/emit.ts';
import type { Requesters } from '../../../src/targets/requesters.ts';
import { altered, fixture } from '../../src/targets/fixtures.ts';
import { createFakeStarter } from '../starter.ts';

const OWN = '210987654321';
const OTHER = '444455556666';

function setUp(may: Partial<Requesters> = {}, busError?: Error) {
  const requesters = { own: OWN, accounts: [], organization: false, ...may };
  const starter = createFakeStarter();
  const published: [string, unknown][] = [];
  const emitter: Emitter = {
    emit: (detailType, detail) =>
      busError ? Promise.reject(busError) : Promise.resolve(void published.push([detailType, detail])),
  };
  return {
    starter,
    published,
    handle: onRequest({ starter, emitter, now: () => '2026-11-20T09:30:01.000Z', requesters }),
  };
}

describe('a request', () => {
  test('starts a rollback, once', async () => {
    const { starter, published, handle } = setUp();
    await handle(fixture('rollback-requested'));
    await handle(fixture('rollback-requested'));
    expect(starter.started).toMatchObject([
      { target: 'ecs:prod/checkout', reason: 'Basket totals are wrong since 4.12' },
    ]);
    expect(published).toEqual([]);
  });

  test('may have a time that is a minute ahead, because clocks differ', async () => {
    const { starter, handle } = setUp();
    await handle(altered('rollback-requested', ['time'], '2026-11-20T09:31:01Z'));
    expect(starter.started).toHaveLength(1);
  });

  test('of the future is rejected on the bus', async () => {
    const { starter, published, handle } = setUp();
    const event = altered('rollback-requested', ['time'], '2026-11-20T09:31:02Z');
    expect(await handle(event)).toMatchObject({ kind: 'rejected', field: 'time' });
    expect(published).toMatchObject([
      ['Rollback Rejected', { field: 'time', problem: 'must not be more than 60 seconds in the future' }],
    ]);
    expect(starter.started).toEqual([]);
  });

  test('that is malformed is rejected on the bus, and not thrown', async () => {
    const { starter, published, handle } = setUp();
    const event = altered('rollback-requested', ['detail', 'target'], 'prod/checkout');
    expect(await handle(event)).toMatchObject({ kind: 'rejected', field: 'detail.target' });
    const problem = expect.stringContaining('"prod/checkout" must begin with a kind: ') as string;
    const request = '5d0b7c1e-83a4-4e69-9f12-6c2ab8e07d35';
    const rejection = {
      version: '1',
      request,
      field: 'detail.target',
      problem,
      source: 'shop.release-train',
      account: OWN,
      rejectedAt: '2026-11-20T09:30:01.000Z',
    };
    expect(published).toEqual([['Rollback Rejected', rejection]]);
    expect(starter.started).toEqual([]);
  });

  test.each([
    ['lastgood', 'source', /own events/],
    ['aws.ecs', 'source', /AWS service/],
  ])('with the source %s is refused', async (source, field, problem) => {
    const { starter, published, handle } = setUp();
    expect(await handle(altered('rollback-requested', ['source'], source))).toMatchObject({ field });
    expect(published).toMatchObject([['Rollback Rejected', { field, source }]]);
    expect(JSON.stringify(published)).toMatch(problem);
    expect(starter.started).toEqual([]);
  });

  test('of a partner starts a rollback', async () => {
    const { starter, handle } = setUp();
    await handle(altered('rollback-requested', ['source'], 'aws.partner/example.com/alerts'));
    expect(starter.started).toHaveLength(1);
  });

  test('of another account starts a rollback if that account, or its organization, may request', async () => {
    const event = altered('rollback-requested', ['account'], OTHER);
    for (const may of [{ accounts: [OTHER] }, { organization: true }]) {
      const { starter, handle } = setUp(may);
      await handle(event);
      expect(starter.started).toHaveLength(1);
    }
  });

  test('of an account that may not request is refused', async () => {
    const { starter, published, handle } = setUp({ accounts: ['777788889999'] });
    expect(await handle(altered('rollback-requested', ['account'], OTHER))).toMatchObject({
      field: 'account',
    });
    expect(published).toMatchObject([['Rollback Rejected', { field: 'account', account: OTHER }]]);
    expect(starter.started).toEqual([]);
  });

  test('is retried if its rejection could not be published', async () => {
    const { handle } = setUp({}, new Error('the bus is away'));
    await expect(handle(altered('rollback-requested', ['source'], 'lastgood'))).rejects.toThrow('away');
  });

  test('is no other event of the bus', async () => {
    const { starter, published, handle } = setUp();
    expect(await handle(altered('rollback-requested', ['detail-type'], 'Rollback Rejected'))).toMatchObject({
      kind: 'ignored',
    });
    expect([starter.started, published]).toEqual([[], []]);
  });
});
