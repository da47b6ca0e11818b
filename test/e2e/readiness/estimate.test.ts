import '../../paths/silence-logs.ts';
import { afterEach, expect, test } from 'vitest';
import { lastgood } from '../../../local/scenarios/command.ts';
import { openShop } from '../../../local/scenarios/ecs/shop.ts';
import { openProvenShop } from '../../../local/scenarios/ecs/proven-shop.ts';
import { TARGET } from '../../../local/scenarios/ecs/target.ts';
import { pause, resume, untilHeld } from '../../../local/scenarios/pause/pausing.ts';
import { checkNow } from '../../../local/scenarios/readiness/story.ts';
import { REHEARSE, rehearse } from '../../../local/scenarios/rehearse/rehearsal.ts';
import { rollbacksIn } from '../../../local/scenarios/rollbacks.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';
import type { Measured } from '../../../src/rollback/measured.ts';

const SEED = 1;
const ANSWER_MINUTES = 20;
const PAUSE_MINUTES = 40;

let stage: Stage;
afterEach(() => stage.close());

/** Returns when the newest rollback of the record reached its steps. */
async function newest() {
  const { out } = await lastgood(stage, ['history', TARGET, '--json']);
  const { rollbacks } = JSON.parse(out) as {
    readonly rollbacks: readonly { readonly startedAt: string; readonly measured: Measured }[];
  };
  return rollbacks[0]!;
}

test('a rehearsal is measured, and the estimate names it', async () => {
  stage = await openStage({ seed: SEED, fast: true });
  await openProvenShop(stage, { tags: REHEARSE });
  const before = await checkNow(stage, TARGET);
  expect(before?.estimate).toMatchObject({ rollbacks: 0, deployments: 2 });
  const [back] = await rehearse(stage, TARGET);
  const { estimate } = (await checkNow(stage, TARGET))!;
  const { arn, startedAt } = back.execution();
  expect(estimate).toMatchObject({ rollbacks: 2, rehearsal: { execution: arn } });
  const { state, ...health } = back.document().health!;
  expect(state).toBe('proven');
  const seconds =
    (Date.parse((health as { healthySince: string }).healthySince) - Date.parse(startedAt)) / 1000;
  expect(Math.abs(estimate!.rehearsal!.seconds - seconds)).toBeLessThan(10);
});

test('the time until a person answered, and that of a pause, are left out', async () => {
  stage = await openStage({ seed: SEED, fast: true });
  const tags = { lastgood: 'approve', 'lastgood:countdown': '60' };
  const shop = await openShop(stage, { tags });
  pause(stage);
  shop.release('v2', { errorRate: 0.4 });
  const isAsked = () => rollbacksIn(stage.runtime).some(({ states }) => states.at(-1)?.name === 'Approve');
  await stage.until('a question waits', isAsked, 30);
  await stage.minutes(ANSWER_MINUTES);
  const { name } = rollbacksIn(stage.runtime)[0]!;
  const { out } = await lastgood(stage, ['approve', name, '--plan', '0'.repeat(64)]);
  const [, hash = ''] = /^ {2}plan {5}([0-9a-f]{64})$/m.exec(out) ?? [];
  expect((await lastgood(stage, ['approve', name, '--plan', hash])).status).toBe(0);
  await untilHeld(stage);
  await stage.minutes(PAUSE_MINUTES);
  resume(stage);
  await stage.aftermath();
  const { startedAt, measured } = await newest();
  const waited = (ANSWER_MINUTES + PAUSE_MINUTES) * 60;
  expect(measured.waitedSeconds).toBeGreaterThan(waited - 60);
  expect(measured.waitedSeconds).toBeLessThan(waited + 180);
  const all = (Date.parse(measured.restoredAt) - Date.parse(startedAt)) / 1000;
  const { estimate } = (await checkNow(stage, TARGET))!;
  expect(estimate?.rollbacks).toBe(1);
  expect(all - measured.waitedSeconds!).toBeLessThan(15 * 60);
  expect(estimate?.seconds).toBeLessThan(15 * 60);
});
