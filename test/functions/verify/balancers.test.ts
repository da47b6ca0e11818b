import { describe, expect, it } from 'vitest';
import { balancersOf, withBalancers } from '../../../functions/verify/balancers.ts';
import type { InReversion } from '../../../src/rollback/document.ts';
import type { Health } from '../../../src/rollback/health.ts';
import type { WatchedGroup } from '../../../src/rollback/plan.ts';

const AT = '2026-11-22T04:00:00.000Z';
const PENDING = { state: 'pending', at: AT, verifyBy: AT, pollAgainInSeconds: 60, signs: [] } as const;

const watching = (targetGroups: readonly WatchedGroup[], health?: Health) =>
  ({ plan: { watch: { targetGroups } }, health }) as unknown as InReversion;

/** Elastic Load Balancing with these groups; the last of the names is the load balancer's. */
function elb(groups: Readonly<Record<string, readonly string[]>>) {
  const asked: (readonly string[])[] = [];
  const send = ({ input: { TargetGroupArns } }: { input: { TargetGroupArns: string[] } }) => {
    asked.push(TargetGroupArns);
    if (TargetGroupArns.some((arn) => groups[arn] === undefined))
      return Promise.reject(Object.assign(new Error('no'), { name: 'TargetGroupNotFoundException' }));
    const TargetGroups = TargetGroupArns.map((arn) => ({
      TargetGroupArn: arn,
      LoadBalancerArns: groups[arn],
    }));
    return Promise.resolve({ TargetGroups });
  };
  return { client: { send } as never, asked };
}

describe('the load balancers of watched groups', () => {
  const all = elb({ blue: ['shop'], green: ['shop'], idle: [] });

  it('are read in one call, and only where the plan does not name them', async () => {
    const groups = [
      { arn: 'blue', wanted: 1, balancer: 'known' },
      { arn: 'green', wanted: 1 },
      { arn: 'idle', wanted: 1 },
    ];
    expect(await balancersOf(all.client, watching(groups))).toEqual({ blue: 'known', green: 'shop' });
    expect(all.asked).toEqual([['green', 'idle']]);
  });

  it('are not read again at the next poll', async () => {
    const { client, asked } = elb({ blue: ['shop'] });
    const first = watching([{ arn: 'blue', wanted: 1 }]);
    const health = await withBalancers(PENDING, balancersOf(client, first));
    expect(await balancersOf(client, { ...first, health })).toEqual({ blue: 'shop' });
    expect(asked).toHaveLength(1);
  });

  it('are known of the groups that still exist', async () => {
    const groups = ['gone', 'blue'].map((arn) => ({ arn, wanted: 1 }));
    expect(await balancersOf(elb({ blue: ['shop'] }).client, watching(groups))).toEqual({ blue: 'shop' });
  });

  it('are not remembered when they could not be read, or when the proof is over', async () => {
    expect(await withBalancers(PENDING, Promise.reject(new Error('throttled')))).toEqual(PENDING);
    const proven = { state: 'proven', at: AT, healthySince: AT, signs: [] } as const;
    expect(await withBalancers(proven, Promise.resolve({ blue: 'shop' }))).toEqual(proven);
  });
});
