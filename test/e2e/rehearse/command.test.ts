import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProvenShop } from '../../../local/scenarios/ecs/proven-shop.ts';
import type { Shop } from '../../../local/scenarios/ecs/shop.ts';
import { wentTo } from '../../../local/scenarios/ecs/endings.ts';
import { ended, startBack } from '../../../local/scenarios/rehearse/rehearsal.ts';
import { rollbacksIn } from '../../../local/scenarios/rollbacks.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';
import { roleOf } from '../role-of-verb.ts';
import { withOwnRole } from '../with-own-role.ts';

const TARGET = 'ecs:prod/checkout';

let stage: Stage;
let shop: Shop;
beforeAll(async () => {
  stage = await openStage({ seed: 1, roles: ['rehearse', 'list', 'history'].map(roleOf) });
  shop = await openProvenShop(stage);
});
afterAll(() => stage.close());

const run = (verb: string, ...args: readonly string[]) => withOwnRole(stage, verb, ...args);

const matching = (text: RegExp) => expect.stringMatching(text) as string;

test('says what would happen, why it would be refused for real, and changes nothing', async () => {
  const { status, out, problem } = await run('rehearse', TARGET);
  expect([status, problem]).toEqual([0, '']);
  expect(out).toMatch(/^ {2}from {5}checkout:2\n {2}to {7}checkout:1, proven in the ledger$/m);
  expect(out).toMatch(/^For real: it would be refused now\n {2}.* is not tagged lastgood:rehearse=on/m);
  expect(rollbacksIn(stage.runtime)).toEqual([]);
  expect(await run('rehearse', TARGET, '--for-real')).toMatchObject({
    status: 3,
    out: matching(/^skipped: Rehearsal, the way back: .* is not tagged/m),
  });
  expect(await run('rehearse', TARGET, '--for-real', '--forward')).toMatchObject({ status: 2 });
});

test('goes back and forward again, and shows both ways', async () => {
  const tags = [{ key: 'lastgood:rehearse', value: 'on' }];
  stage.call('ecs', 'TagResource', { resourceArn: shop.arn, tags });
  const dry = await run('rehearse', TARGET, '--json');
  expect(JSON.parse(dry.out)).toMatchObject({ verdict: { verdict: 'act' }, forReal: { verdict: 'act' } });
  const { status, out, problem } = await run('rehearse', TARGET, '--for-real', '--because', 'game day');
  expect([status, problem]).toEqual([0, '']);
  expect(out).toMatch(/^rolled-back: Rehearsal, the way back: checkout:1 runs again/m);
  expect(out).toMatch(/^Forward again$/m);
  expect(out).toMatch(/^rolled-back: Rehearsal, the way forward: checkout:2 runs again/m);
  expect(wentTo(stage, 'checkout:2')).toBeNull();
  const history = JSON.parse((await run('history', TARGET, '--json')).out) as { rollbacks: unknown[] };
  expect(history.rollbacks.slice(0, 2)).toMatchObject([
    { rehearsal: 'forward', measured: { rung: 'redeploy' } },
    { rehearsal: 'back', measured: { rung: 'redeploy' } },
  ]);
  const name = /^(rehearsal-\S+)$/m.exec(out)?.[1] ?? '';
  expect((await run('rehearse', TARGET)).out).toMatch(
    new RegExp(
      `^  takes  about .* the median of 2 rollbacks.*; .* in the rehearsal of .* UTC \\(${name}\\)$`,
      'm',
    ),
  );
  expect((await run('list')).out).not.toContain('by a rehearsal');
  expect(await run('rehearse', TARGET, '--forward')).toMatchObject({
    status: 0,
    problem: matching(/no rehearsal left it on the last known good/),
  });
});

test('goes forward after an interruption, which the list names', async () => {
  await stage.minutes(20);
  const back = startBack(stage, TARGET);
  expect(await ended(stage, back)).toBe('rolled-back');
  expect((await run('list')).out).toMatch(
    /checkout:1, by a rehearsal: npx --no-install lastgood rehearse ecs:prod\/checkout --forward/,
  );
  expect(await run('rehearse', TARGET, '--forward')).toMatchObject({
    status: 0,
    out: matching(/^rolled-back: Rehearsal, the way forward: checkout:2 runs again/m),
  });
  expect((await run('list')).out).not.toContain('by a rehearsal');
});

test('does not go forward over a release that began while it went back', async () => {
  await stage.minutes(20);
  const writes = () => stage.journal.writes().length;
  const before = writes();
  let isReleased = false;
  stage.world.clock.every(5_000, () => {
    if (isReleased || writes() === before) return;
    isReleased = true;
    shop.release('v3');
  });
  const { status, out } = await run('rehearse', TARGET, '--for-real');
  expect(status).toBe(1);
  expect(out).toMatch(/^failed-dirty: Rehearsal, the way back: A newer deployment took over/m);
  expect(out).not.toMatch(/Forward again|--forward|should run/);
  expect(await run('rehearse', TARGET, '--forward')).toMatchObject({
    status: 0,
    problem: matching(/no rehearsal left it on the last known good/),
  });
  await shop.deployed();
  expect([writes() - before, wentTo(stage, 'checkout:3')]).toEqual([1, null]);
});
