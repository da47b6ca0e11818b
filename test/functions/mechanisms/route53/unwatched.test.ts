import { describe, expect, test } from 'vitest';
import { ADDRESSES, record } from '@lastgood/embedded-aws/test/world/route53-world.ts';
import { planned, wanted, withWay } from '../../../contract/walk.ts';
import { Route53Stage } from './stage.ts';

const DOUBT =
  'blue has no traffic now, and no health check shows that its servers still answer, so a person decides.';

/** Proves blue, and then sets these weights. */
async function moved(now: { blue: number; green: number }): Promise<Route53Stage> {
  const stage = new Route53Stage();
  await stage.open({ blue: 255, green: 0 });
  await stage.runs(now);
  return stage;
}

const plan = async ({ mechanism, target }: Route53Stage, more = {}) =>
  withWay(await mechanism.plan(wanted(target, more)));

const AT = '2026-11-22T02:00:00.000Z';
const PERSON = { type: 'request', id: '1', by: 'slack:U0ADA', at: AT } as const;
const UNASKED = { trigger: { ...PERSON, automatic: true } } as const;

describe('a record without traffic and without a health check', () => {
  test('gets traffic only if a person decides so', async () => {
    const found = await plan(await moved({ blue: 0, green: 255 }), UNASKED);
    expect(found.doubt).toBe(DOUBT);
    expect(found.notes).toContain('blue: it has no health check, so its health is unknown');
  });

  test('gets it where a person asks for it', async () => {
    const stage = await moved({ blue: 0, green: 255 });
    expect(await plan(stage, { trigger: PERSON })).not.toHaveProperty('doubt');
    expect(await plan(stage)).not.toHaveProperty('doubt');
  });

  test('gets none for a rehearsal, which may only return what it replaced', async () => {
    const stage = await moved({ blue: 0, green: 255 });
    const rehearsal = { type: 'rehearsal', by: 'ada', at: AT } as const;
    const back = await plan(stage, { trigger: { ...rehearsal, way: 'back' } });
    expect(back).toHaveProperty('doubt', DOUBT);
    const forward = { trigger: { ...rehearsal, way: 'forward', after: 'arn' } };
    expect(await plan(stage, forward)).not.toHaveProperty('doubt');
  });

  test('is named with the others', async () => {
    const stage = new Route53Stage();
    stage.world.upsert(record('green', 255), record('blue', 0), record('fix', 0));
    stage.ledger.prove('blue=128 fix=128 green=0 since 2026-11-22T01:00:00.000Z');
    const { doubt } = await plan(stage, UNASKED);
    expect(doubt).toMatch(/^blue and fix have no traffic now, .* that their servers still answer/);
  });
});

test('a record that serves a share is seen by its users', async () => {
  const found = await plan(await moved({ blue: 1, green: 254 }), UNASKED);
  expect(found).not.toHaveProperty('doubt');
});

test('weights that are all 0 give each record a share', async () => {
  expect(await plan(await moved({ blue: 0, green: 0 }), UNASKED)).not.toHaveProperty('doubt');
});

test('a health check watches a record, and Revert reads it', async () => {
  const stage = await moved({ blue: 0, green: 255 });
  const HealthCheckId = stage.world.healthCheck(ADDRESSES.blue);
  stage.world.upsert({ ...record('blue', 0), HealthCheckId });
  await stage.world.pass(60);
  expect(await plan(stage, UNASKED)).not.toHaveProperty('doubt');
  expect(await stage.mechanism.revert(await planned(stage.mechanism, stage.target))).toMatchObject({
    state: 'started',
  });
});
