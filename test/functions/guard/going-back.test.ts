import { expect, test } from 'vitest';
import { dependenciesGoingBack } from '../../../functions/guard/going-back.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import { at, BY_ALARM, NOW, omit, planOf } from '../../src/rollback/judge-facts.ts';

const CART = 'ecs:prod/cart';
const claim = { kind: 'ecs', holder: 'one', since: at('03:05'), expiresAt: NOW };
const running: RollbackRecord = {
  ...{ target: CART, execution: 'cart', startedAt: at('03:04'), automatic: true, writing: true },
  ...{ request: { ...BY_ALARM, target: CART }, alsoTriggeredBy: [] },
};
const outcome = { state: 'rolled-back', at: at('03:05'), reason: 'It is back.', advice: [] } as const;

async function found(records: readonly RollbackRecord[] | Error, needs = CART) {
  const asked: string[] = [];
  const claims = {
    records: (target: string) => {
      asked.push(target);
      return records instanceof Error ? Promise.reject(records) : Promise.resolve(records);
    },
  };
  const plan = planOf({ lastgood: 'auto', 'lastgood:needs': needs });
  return { asked, is: await dependenciesGoingBack(claims, { plan, claim }) };
}

test('a dependency is going back while its rollback runs and writes', async () => {
  expect(await found([running])).toEqual({ asked: [CART], is: [{ target: CART, since: at('03:04') }] });
});

test.each<[string, RollbackRecord | Error]>([
  ['is over', { ...running, outcome }],
  ['has written nothing', omit(running, 'writing')],
  ['cannot be read', new Error('throttled')],
])('not where its rollback %s', async (_, record) => {
  expect((await found(record instanceof Error ? record : [record])).is).toEqual([]);
});

test('only targets are looked up, and five at most', async () => {
  const many = Array.from({ length: 7 }, (_, place) => `ecs:prod/s${place}`);
  expect((await found([], ['alarm:queue', 'parameter:/shop/limit', ...many].join(' '))).asked).toEqual(
    many.slice(0, 5),
  );
  expect((await found([running], 'alarm:queue')).asked).toEqual([]);
});

test('a plan that no rollback holds waits for none', async () => {
  const claims = { records: () => Promise.resolve([running]) };
  const plan = planOf({ lastgood: 'auto', 'lastgood:needs': CART });
  expect(await dependenciesGoingBack(claims, { plan })).toEqual([]);
});
