import { expect, test } from 'vitest';
import { wanted } from '../../../contract/walk.ts';
import { openStage, SINCE } from './stage.ts';

test('a canary on the side of the last known good goes back to the division before it, if a person decides so', async () => {
  const stage = await openStage({ blue: 1, green: 4 }, { type: 'IP' });
  const green = stage.observe('2026-11-22T00:30:00.000Z', { green: 1 });
  stage.observe(SINCE, { blue: 1, green: 4 });
  expect(await stage.mechanism.plan(wanted(stage.target))).toMatchObject({
    state: 'ready',
    to: { id: green, name: 'shop-green' },
    source: 'deployments',
    doubt: 'shop-green had the traffic before the change at fault and is not proven, so a person decides.',
  });
});
