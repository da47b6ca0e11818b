import { describe, expect, test } from 'vitest';
import { after } from '../../../../src/rollback/time.ts';
import { planned, wanted } from '../../../contract/walk.ts';
import { openListener, PROVEN_SINCE, type OpenListener } from './listener.ts';

const GREEN_SINCE = '2026-11-22T01:30:00.000Z';
const CANARY_SINCE = '2026-11-22T01:50:00.000Z';

const plan = ({ mechanism, target }: OpenListener) => mechanism.plan(wanted(target));

/** Blue was proven. Green took the traffic, and is still in its soak. Then blue got a part of it again. */
async function canary(more: (shop: OpenListener) => void = () => {}, [blue, green] = [1, 4]) {
  const shop = await openListener(blue, green);
  shop.observe(GREEN_SINCE, 0, 1);
  more(shop);
  shop.observe(CANARY_SINCE, blue, green);
  return shop;
}

describe('a canary on the side of the last known good, before the release between them is proven', () => {
  test('is gone back from to the division before it, and a person decides', async () => {
    const shop = await canary();
    expect(await plan(shop)).toMatchObject({
      state: 'ready',
      from: { name: '20 % blue and 80 % green' },
      to: { id: shop.idOf(GREEN_SINCE, 0, 1), name: 'green' },
      source: 'deployments',
      doubt: 'green had the traffic before the change at fault and is not proven, so a person decides.',
      notes: [
        'cannot go back to blue: the change at fault moved traffic to the same side, so the fault may be there',
        'it is unknown whether green still runs the revision that ran before: AWS does not show what its targets run',
      ],
    });
  });

  test('goes back by the weights once a person has decided', async () => {
    const shop = await canary();
    const document = await planned(shop.mechanism, shop.target);
    expect(await shop.mechanism.revert(document)).toMatchObject({ state: 'started' });
  });

  test('names the side where AWS shows another release behind it', async () => {
    const shop = await openListener(1, 4);
    shop.ledger.list.length = 0;
    shop.stands(shop.blue, 'lt-blue:1');
    shop.ledger.prove(shop.idOf(PROVEN_SINCE, 1, 0));
    shop.stands(shop.green, 'lt-green:1');
    shop.observe(GREEN_SINCE, 0, 1);
    shop.stands(shop.blue, 'lt-blue:2');
    shop.observe(CANARY_SINCE, 1, 4);
    expect(await plan(shop)).toMatchObject({
      state: 'ready',
      to: { name: 'green' },
      notes: ['cannot go back to blue: blue no longer runs the proven revision'],
    });
    shop.stands(shop.green, 'lt-green:2');
    expect(await plan(shop)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('green no longer runs the revision that ran before') as string,
    });
  });

  test('has no way back where the division before it was at fault', async () => {
    const shop = await canary(({ ledger, idOf }) => {
      ledger.condemn(idOf(GREEN_SINCE, 0, 1), after(GREEN_SINCE, 600));
    });
    expect(await plan(shop)).toMatchObject({ state: 'no-way-back' });
  });

  test('is gone back from without a question once the release between them is proven', async () => {
    const shop = await canary(({ ledger, idOf }) => {
      ledger.prove(idOf(GREEN_SINCE, 0, 1), GREEN_SINCE);
    });
    const found = await plan(shop);
    expect(found).toMatchObject({ state: 'ready', source: 'ledger', to: { name: 'green' } });
    expect(found).not.toHaveProperty('doubt');
  });
});

describe('a release that takes all the traffic of the side that was proven before', () => {
  const BLUE_AGAIN = CANARY_SINCE;
  const alarmed = async (onset: string) => {
    const shop = await canary(() => {}, [1, 0]);
    const [at, seen] = [after(BLUE_AGAIN, 180), { at: onset, until: after(onset, 60) }];
    const trigger = { type: 'alarm', id: 'red', alarm: 'red', at, onset: seen } as const;
    return shop.mechanism.plan(wanted(shop.target, { trigger }));
  };

  test('is gone back from where the harm began with it, if a person decides so', async () => {
    expect(await alarmed(after(BLUE_AGAIN, -60))).toMatchObject({
      state: 'ready',
      from: { name: 'blue' },
      to: { name: 'green' },
      deployment: { mayBeNew: true },
      doubt: 'green had the traffic before the change at fault and is not proven, so a person decides.',
    });
  });

  test('stays where the harm began before it', async () => {
    expect(await alarmed(after(BLUE_AGAIN, -300))).toMatchObject({
      state: 'nothing-to-do',
      reason: 'blue is back already: it replaced green',
    });
  });
});

test('the side of a condemned canary is no way back later, where AWS does not show what it runs', async () => {
  const shop = await openListener(0, 100);
  shop.observe(GREEN_SINCE, 0, 1);
  const bad = shop.observe(after(GREEN_SINCE, 300), 1, 4);
  shop.ledger.condemn(bad, after(GREEN_SINCE, 600));
  shop.observe(after(GREEN_SINCE, 660), 0, 1);
  expect(await plan(shop)).toMatchObject({
    state: 'no-way-back',
    reason: expect.stringContaining('cannot go back to blue: it was at fault after it was proven') as string,
  });
});

describe('a canary that begins from the last known good', () => {
  test('is gone back from to it, though its last step gave the old side a part of the traffic again', async () => {
    const shop = await openListener(9, 1);
    shop.observe(GREEN_SINCE, 4, 1);
    shop.observe(CANARY_SINCE, 9, 1);
    expect(await plan(shop)).toMatchObject({ state: 'ready', source: 'ledger', to: { name: 'blue' } });
  });

  test('has no way back where nothing was ever proven', async () => {
    const shop = await openListener(1, 4);
    shop.ledger.list.length = 0;
    shop.observe(GREEN_SINCE, 0, 1);
    shop.observe(CANARY_SINCE, 1, 4);
    expect(await plan(shop)).toMatchObject({ state: 'no-way-back' });
  });
});
