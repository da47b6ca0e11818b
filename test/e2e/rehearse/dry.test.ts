import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { afterEach, expect, test } from 'vitest';
import { TARGET } from '../../../local/scenarios/ecs/target.ts';
import { openHealthyShop } from '../../../local/scenarios/readiness/healthy-shop.ts';
import { checksIn, rollbacksIn } from '../../../local/scenarios/rollbacks.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';
import { roleOf } from '../role-of-verb.ts';
import { withOwnRole } from '../with-own-role.ts';

const SEED = 1;
const ROLES = [roleOf('rehearse')];

let stage: Stage;
afterEach(() => stage.close());

const rehearse = (...args: readonly string[]) => withOwnRole(stage, 'rehearse', TARGET, ...args);

test('a target on which nothing is found: score, estimate, and no finding', async () => {
  stage = await openStage({ seed: SEED, fast: true, roles: ROLES });
  await openHealthyShop(stage);
  const { status, out, problem } = await rehearse();
  expect([status, problem]).toEqual([0, '']);
  expect(out).toMatch(/^Readiness\n {2}ready {2}yes\n {2}how {4}.*\(rung redeploy\)$/m);
  expect(out).toMatch(/^ {2}takes {2}about .* the median of 2 deployments$/m);
  expect(out).toMatch(/^ {2}score {2}100 of 100, the first check/m);
  expect(out).toMatch(/^Nothing was found\.\n\nFor real: it would be refused now$/m);
  expect(checksIn(stage.runtime).map(({ status }) => status)).toEqual(['SUCCEEDED']);
  expect([rollbacksIn(stage.runtime), stage.journal.writes()]).toEqual([[], []]);
});

test('permissions are simulated: what the role lacks blocks, and the command ends badly', async () => {
  const parameters = { PassableRoles: 'arn:aws:iam::111122223333:role/other' };
  stage = await openStage({ seed: SEED, fast: true, roles: ROLES, parameters });
  await openHealthyShop(stage);
  const { status, out, problem } = await rehearse();
  expect([status, problem]).toEqual([1, '']);
  expect(out).toMatch(/^ {2}verdict {2}act/m);
  expect(out).toMatch(/^ {2}ready {2}no: a rollback would not work now$/m);
  expect(out).toMatch(
    /^blocks: Role lastgood-prod-mechanism-ecs-\S+ may not call iam:PassRole on .* \[not-permitted\]\n {2}Tag the resource/m,
  );
  const { out: json } = await rehearse('--json');
  expect(JSON.parse(json)).toMatchObject({
    verdict: { verdict: 'act' },
    readiness: { ready: 'no', score: 40, findings: [{ id: 'not-permitted', severity: 'blocks' }] },
  });
  expect([rollbacksIn(stage.runtime), stage.journal.writes()]).toEqual([[], []]);
});

test('unknown is not fine', async () => {
  stage = await openStage({ seed: SEED, fast: true, roles: ROLES });
  await openHealthyShop(stage);
  stage.runtime.wire.disturb.fail(
    { service: 'ecr', operation: 'DescribeImageScanFindings', error: new AwsError('AccessDenied', 'no') },
    Infinity,
  );
  const { status, out } = await rehearse();
  expect(status).toBe(4);
  expect(out).toMatch(/^unknown: The scan of image .* could not be read .*\[not-read\]$/m);
});
