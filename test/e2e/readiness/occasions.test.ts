import '../../paths/silence-logs.ts';
import { afterEach, expect, test } from 'vitest';
import { TARGET } from '../../../local/scenarios/ecs/target.ts';
import { openHealthyShop } from '../../../local/scenarios/readiness/healthy-shop.ts';
import { checkNow } from '../../../local/scenarios/readiness/story.ts';
import { checksIn } from '../../../local/scenarios/rollbacks.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';
import { roleOf } from '../role-of-verb.ts';
import { withOwnRole } from '../with-own-role.ts';

const SEED = 1;

let stage: Stage;
afterEach(() => stage.close());

/** Returns the types of the events about readiness, in order. */
function published(): readonly string[] {
  return stage.runtime.bus.published
    .map(({ event }) => event['detail-type'])
    .filter((type) => type.startsWith('Readiness'));
}

const occasions = () => checksIn(stage.runtime).map(({ input }) => (input as { occasion: string }).occasion);

test('a completed deployment is checked half an hour later, once', async () => {
  stage = await openStage({ seed: SEED, fast: true });
  await openHealthyShop(stage);
  expect(occasions()).toEqual([]);
  await stage.minutes(40);
  // The first release and the second one.
  expect(occasions()).toEqual(['change', 'change']);
  expect(checksIn(stage.runtime).map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
});

test('a check that is worse than the one before is published as such', async () => {
  stage = await openStage({ seed: SEED, fast: true });
  const shop = await openHealthyShop(stage);
  expect((await checkNow(stage, TARGET))?.trend).toBe('first');
  expect(published()).toEqual(['Readiness Checked']);
  stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: shop.releases['v1'] });
  await stage.minutes(1);
  expect(await checkNow(stage, TARGET)).toMatchObject({ trend: 'worse', ready: 'no' });
  expect(published()).toEqual(['Readiness Checked', 'Readiness Checked', 'Readiness Worsened']);
});

const run = (...args: readonly string[]) => withOwnRole(stage, 'readiness', ...args);

test('the command checks, and lists the last checks', async () => {
  stage = await openStage({ seed: SEED, fast: true, roles: [roleOf('readiness')] });
  const shop = await openHealthyShop(stage);
  expect((await run()).out).toContain('No check is kept');
  expect(await run(TARGET)).toMatchObject({
    ...{ status: 0, problem: '' },
    out: expect.stringMatching(/score {2}100 of 100, the first check.*\n\nNothing was found\./) as string,
  });
  stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: shop.releases['v1'] });
  const checked = await run(TARGET);
  expect([checked.status, checked.problem]).toEqual([1, '']);
  expect(checked.out).toContain('ready  no: a rollback would not work now');
  expect(checked.out).toMatch(
    /blocks: .* is not ACTIVE.* \[definition-inactive\]\n {2}Register checkout:1 again/,
  );
  const again = await run('--json');
  expect(JSON.parse(again.out)).toMatchObject([{ target: TARGET, ready: 'no', trend: 'worse' }]);
  shop.shut();
  const gone = await run(TARGET);
  expect(gone.status).toBe(1);
  expect(gone.out).toMatch(/score {2}0 of 100, (?:same|worse)/);
  expect(gone.out).toMatch(
    /UnsupportedTarget: .*\[no-way-back\]\n {2}None is needed where the target was deleted/,
  );
  expect((await run()).out).toMatch(/^No check is kept\. .* dropped when its target is gone\.$/m);
});
