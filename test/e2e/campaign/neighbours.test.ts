import { expect, it } from 'vitest';
import { Neighbours } from '../../../local/campaign/neighbours.ts';
import { openStage } from '../../../local/scenarios/stage.ts';

it('neighbours that suffer at the same time make a storm', async () => {
  const stage = await openStage({ seed: 1, fast: true });
  try {
    const neighbours = new Neighbours(stage, 6);
    await stage.minutes(10);
    expect(stage.runtime.executions().filter(({ arn }) => arn.includes('-storm:'))).toEqual([]);
    neighbours.suffer(30);
    await stage.minutes(5);
    const started = stage.runtime.executions().map(({ arn }) => arn.split(':')[6]);
    expect(started.filter((machine) => machine === 'lastgood-prod-rollback')).toHaveLength(6);
    expect(started).toContain('lastgood-prod-storm');
    // Nothing of it is in the traffic, by which stories are judged.
    expect(stage.traffic.badSince()).toBeNull();
  } finally {
    await stage.close();
  }
});
