import { describe, expect, it } from 'vitest';
import { after } from '../../../../src/rollback/time.ts';
import { again, followed } from '../../../contract/follow.ts';
import { openListener, PROVEN_SINCE, SINCE, type OpenListener } from './listener.ts';

async function open(blue: number, green: number): Promise<OpenListener> {
  const shop = await openListener(blue, green);
  shop.tag(shop.listener, { 'lastgood:lookout': 'act' });
  return shop;
}

const read = ({ mechanism, target }: OpenListener, before = followed(target, SINCE)) =>
  mechanism.sides(before);

describe('the sides of a change of weights', () => {
  it('are what stands behind each target group, measured apart', async () => {
    const shop = await open(9, 1);
    const deployment = shop.observe(SINCE, 9, 1);
    const sides = await read(shop);
    expect(sides).toMatchObject({
      state: 'sides',
      deployment,
      divided: true,
      newer: { revision: { id: deployment }, groups: [shop.green] },
      older: { revision: { id: shop.idOf(PROVEN_SINCE, 1, 0) }, groups: [shop.blue] },
    });
    expect(sides).not.toHaveProperty('finishedAt');
    const measured = 'meters' in sides ? sides.meters : [];
    expect(measured.filter(({ metric }) => metric === 'errors').map(({ revision }) => revision)).toEqual([
      deployment,
      shop.idOf(PROVEN_SINCE, 1, 0),
    ]);
  });

  it('stay those of one deployment over its steps, to the end', async () => {
    const shop = await open(9, 1);
    shop.observe(SINCE, 9, 1);
    const before = again(followed(shop.target, SINCE), await read(shop));
    shop.weigh(0, 1);
    const end = shop.observe(after(SINCE, 1800), 0, 1);
    const whole = await read(shop, before);
    expect(whole).toMatchObject({ state: 'sides', deployment: end, finishedAt: after(SINCE, 1800) });
    expect(whole).not.toHaveProperty('divided');
  });

  it('are none without the tag, for the first division, and for a way back', async () => {
    const off = await openListener(9, 1);
    off.observe(SINCE, 9, 1);
    expect(await read(off)).toMatchObject({ reason: 'The target has no tag lastgood:lookout.' });

    const first = await open(9, 1);
    first.ledger.list.length = 0;
    first.observe(SINCE, 9, 1);
    expect(await read(first)).toMatchObject({
      reason: expect.stringMatching(/ is the first that is known/) as string,
    });

    const back = await open(1, 0);
    back.observe(SINCE, 0, 1);
    back.observe(after(SINCE, 300), 1, 0);
    expect(await read(back)).toMatchObject({ reason: 'blue is a way back.' });
  });
});
