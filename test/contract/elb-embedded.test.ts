import { openListener, SINCE } from '../functions/mechanisms/elb/listener.ts';
import { PROVEN_SINCE } from '../functions/mechanisms/elb/listener.ts';
import { after } from '../../src/rollback/time.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';
import { supersededContract, type Superseded } from './superseded.ts';

async function fixture(blue: number, green: number, known = true): Promise<Fixture> {
  const shop = await openListener(blue, green);
  const bad = shop.observe(SINCE, blue, green);
  if (!known) shop.ledger.list.pop();
  return {
    mechanism: shop.mechanism,
    target: shop.target,
    good: shop.idOf(PROVEN_SINCE, 1, 0),
    bad,
    writes: shop.writes,
    atOnce: true,
    finish: () => undefined,
    deployAnother: () => void shop.weigh(1, 2),
  };
}

mechanismContract('elb, on the embedded AWS', {
  inFlight: () => fixture(9, 1),
  completed: () => fixture(0, 100),
  first: () => fixture(100, 0, false),
  missing: async () => {
    const there = await fixture(0, 100);
    return { ...there, target: there.target.replace(/[0-9a-f]{16}$/, '0123456789abcdef') };
  },
});

/**
 * Opens a target where blue is proven and the bad release was behind green. With `older`, an earlier release was proven
 * behind green.
 */
async function superseded(older: boolean, then: 'put back' | 'fixed'): Promise<Superseded> {
  const [blue, green] = then === 'put back' ? ([1, 0] as const) : ([0, 1] as const);
  const shop = await openListener(blue, green);
  shop.ledger.list.length = 0;
  if (older) {
    shop.stands(shop.green, 'lt-green:0');
    shop.ledger.prove(shop.idOf('2026-11-21T22:00:00.000Z', 0, 1), '2026-11-21T22:00:00.000Z');
  }
  shop.stands(shop.blue, 'lt-blue:1');
  const good = shop.idOf(PROVEN_SINCE, 1, 0);
  shop.ledger.prove(good, PROVEN_SINCE);
  shop.stands(shop.green, 'lt-green:1');
  const bad = shop.observe(SINCE, 0, 1);
  if (then === 'fixed') shop.stands(shop.green, 'lt-green:2');
  const runs = shop.observe(after(SINCE, 120), blue, green);
  const { mechanism, target, writes } = shop;
  return { mechanism, target, good, bad, runs, since: SINCE, writes };
}

supersededContract('elb, on the embedded AWS', {
  putBack: (older) => superseded(older, 'put back'),
  fixed: (older) => superseded(older, 'fixed'),
});
