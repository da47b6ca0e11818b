import { describe, expect, it } from 'vitest';
import { verify } from '../../../functions/verify/verify.ts';
import { wayBack } from '../../../functions/verify/way-back.ts';
import type { InReversion } from '../../../src/rollback/document.ts';
import type { Sign } from '../../../src/rollback/health.ts';
import { after } from '../../../src/rollback/time.ts';
import { AT, ready } from '../../src/rollback/documents.ts';

const rollback = {
  plan: { ...ready, tags: { lastgood: 'auto', 'lastgood:proof': '3' } },
  reverted: { state: 'started', rung: 0, at: AT, deployment: 'back', settleBy: after(AT, 600), left: [] },
  settled: { state: 'settled', at: after(AT, 60), summary: '2 of 2 tasks' },
} as unknown as InReversion;

const sick = () =>
  Promise.resolve<readonly Sign[]>([{ of: 'alarm', state: 'unhealthy', says: 'is in ALARM' }]);

describe('verify', () => {
  it('counts what Settle said as one sign among the others', async () => {
    const { signs } = await verify(rollback, [wayBack, sick], after(AT, 60));
    expect(signs).toEqual([
      { of: 'way back', state: 'healthy', says: '2 of 2 tasks' },
      { of: 'alarm', state: 'unhealthy', says: 'is in ALARM' },
    ]);
  });

  it('proves after the minutes that the target is tagged with', async () => {
    const first = await verify(rollback, [wayBack], after(AT, 60));
    const before = await verify({ ...rollback, health: first }, [wayBack], after(AT, 239));
    const last = await verify({ ...rollback, health: before }, [wayBack], after(AT, 240));
    expect([before.state, last.state]).toEqual(['pending', 'proven']);
  });

  it('fixes its deadline at the first look', async () => {
    const first = await verify(rollback, [sick], after(AT, 60));
    const later = await verify({ ...rollback, health: first }, [sick], after(AT, 500));
    const over = await verify({ ...rollback, health: later }, [sick], after(AT, 60 + 900 + 180));
    expect(later).toMatchObject({ state: 'pending', verifyBy: after(AT, 60 + 900 + 180) });
    expect(over.state).toBe('unproven');
  });

  it('begins anew on a new rung', async () => {
    const first = await verify(rollback, [sick], after(AT, 60));
    const next = {
      ...rollback,
      reverted: { ...rollback.reverted, rung: 1, at: after(AT, 1000) },
      health: first,
    };
    expect(await verify(next, [sick], after(AT, 1200))).toMatchObject({
      verifyBy: after(AT, 1200 + 900 + 180),
    });
  });
});
