import { expect, it } from 'vitest';
import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';

/** Candidates whose text begins with `no` have no way. */
function chosen(...candidates: readonly string[]) {
  const looked: string[] = [];
  const look = (one: string): Examined<string> => {
    looked.push(one);
    return one.startsWith('no')
      ? { blockers: one.split(' ').slice(1) }
      : { way: one.toUpperCase(), notes: [`on ${one}`] };
  };
  return { looked, choice: firstWay(candidates, (one, why) => passedOver(one, why), look) };
}

it('takes the first candidate with a way, and says why those before it were passed over', async () => {
  const { looked, choice } = chosen('no gone', 'no old red', 'blue', 'green');
  expect(await choice).toEqual({
    way: 'BLUE',
    notes: [
      'passed over no gone: gone',
      'passed over no old red: old',
      'passed over no old red: red',
      'on blue',
    ],
  });
  expect(looked).toEqual(['no gone', 'no old red', 'blue']);
});

it('says once what holds for several candidates of one name', async () => {
  expect((await chosen('no gone', 'no gone', 'blue').choice).notes).toEqual([
    'passed over no gone: gone',
    'on blue',
  ]);
  expect((await chosen('no gone', 'no gone').choice).notes).toEqual(['passed over no gone: gone']);
});

it('takes none where none has a way', async () => {
  expect(await chosen('no gone', 'no').choice).toEqual({ way: null, notes: ['passed over no gone: gone'] });
  expect(await chosen().choice).toEqual({ way: null, notes: [] });
});
