import { expect, test } from 'vitest';
import { deployed, seenAt } from '../../../../functions/mechanisms/elb/reconcile.ts';
import { openListener, SINCE, type OpenListener } from './listener.ts';

const AT = '2026-11-22T02:30:00.000Z';

const observationOf = ({ target }: OpenListener, deployment: string) => ({
  target,
  deployment,
  completedAt: SINCE,
  soakUntil: SINCE,
});

const readsOf = ({ elbClient, launched }: OpenListener) => ({ elb: elbClient, launched: launched.groups });

test.each([
  ['alone', 0, 1],
  ['gone', 1, 0],
  ['gone', 1, 1],
] as const)('green is %s when the weights are %d and %d', async (runs, blue, green) => {
  const shop = await openListener(blue, green);
  const id = shop.idOf(SINCE, 0, 1);
  expect(await deployed(readsOf(shop), observationOf(shop, id))).toEqual({
    revision: { id, name: 'green' },
    runs,
    tags: { lastgood: 'auto' },
    alarms: [],
  });
});

test('a step of a rollout is never alone, and so never proven', async () => {
  const shop = await openListener(9, 1);
  expect(await deployed(readsOf(shop), observationOf(shop, shop.idOf(SINCE, 9, 1)))).toMatchObject({
    runs: 'unclear',
  });
});

test('a listener that is gone or does not forward is null', async () => {
  const shop = await openListener(0, 1);
  const observation = observationOf(shop, shop.idOf(SINCE, 0, 1));
  const gone = { ...observation, target: observation.target.replace(/[0-9a-f]{16}$/, '0123456789abcdef') };
  expect(await deployed(readsOf(shop), gone)).toBeNull();
  expect(await deployed(readsOf(shop), { ...observation, deployment: 'something else' })).toBeNull();
});

test('a division dates from its first observation, and anew after a change', async () => {
  const shop = await openListener(0, 1);
  const entriesOf = () => shop.ledger.entries();
  const seen = async () => (await seenAt(shop.listener, { ...readsOf(shop), entriesOf }, AT))[0];
  expect(await seen()).toMatchObject({
    target: shop.target,
    deployment: shop.idOf(AT, 0, 1),
    at: AT,
    state: 'completed',
  });
  const known = shop.observe(SINCE, 0, 1);
  expect(await seen()).toMatchObject({ deployment: known, at: SINCE });
  shop.weigh(1, 0);
  expect(await seen()).toMatchObject({ deployment: shop.idOf(AT, 1, 0), at: AT });
});

test('an observation includes what runs behind the serving side', async () => {
  const shop = await openListener(0, 1);
  shop.stands(shop.green, 'lt-green:1');
  const entriesOf = () => shop.ledger.entries();
  const seen = async () => (await seenAt(shop.listener, { ...readsOf(shop), entriesOf }, AT))[0];
  const first = await seen();
  expect(first?.deployment).toMatch(/^green\/[0-9a-f]{16}=1@[0-9a-f]{12} since /);
  expect(first?.deployment).toBe(shop.idOf(AT, 0, 1));
  const known = shop.observe(SINCE, 0, 1);
  expect(await seen()).toMatchObject({ deployment: known, at: SINCE });
  shop.stands(shop.green, 'lt-green:2');
  expect(await seen()).toMatchObject({ deployment: shop.idOf(AT, 0, 1), at: AT });
  expect(await deployed(readsOf(shop), observationOf(shop, known))).toMatchObject({ runs: 'gone' });
});

test('a run begins anew if more is known of it now, and continues if less is known', async () => {
  const shop = await openListener(0, 1);
  const entriesOf = () => shop.ledger.entries();
  const seen = async () => (await seenAt(shop.listener, { ...readsOf(shop), entriesOf }, AT))[0];
  const bare = shop.observe(SINCE, 0, 1);
  shop.stands(shop.green, 'lt-green:1');
  expect(await seen()).toMatchObject({ at: AT });
  expect(await deployed(readsOf(shop), observationOf(shop, bare))).toMatchObject({ runs: 'gone' });
  const full = shop.observe(AT, 0, 1);
  shop.launched.groups = [];
  expect(await seen()).toMatchObject({ deployment: full, at: AT });
  expect(await deployed(readsOf(shop), observationOf(shop, full))).toMatchObject({ runs: 'alone' });
});
