import { openShop, SINCE } from '../functions/mechanisms/elb/shop.ts';
import { PROVEN_SINCE } from '../functions/mechanisms/elb/shop.ts';
import { mechanismContract, type Stand } from './mechanism.ts';

async function stand(blue: number, green: number, known = true): Promise<Stand> {
  const shop = await openShop(blue, green);
  const bad = shop.sighted(SINCE, blue, green);
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
  inFlight: () => stand(9, 1),
  completed: () => stand(0, 100),
  first: () => stand(100, 0, false),
  missing: async () => {
    const there = await stand(0, 100);
    return { ...there, target: there.target.replace(/[0-9a-f]{16}$/, '0123456789abcdef') };
  },
});
