import { describe, expect, it } from 'vitest';
import { versionOf } from '../../../../functions/mechanisms/codedeploy/app-spec.ts';
import { canBeOverwritten, contentOf } from '../../../../functions/mechanisms/codedeploy/content.ts';
import { metersOf } from '../../../../functions/mechanisms/codedeploy/meters.ts';
import type { Group } from '../../../../functions/mechanisms/codedeploy/codedeploy.ts';
import { watchOf } from '../../../../functions/mechanisms/codedeploy/watch.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import { byAlarm } from '../../../contract/course.ts';
import { wanted, withWay } from '../../../contract/walk.ts';
import {
  at,
  CodeDeployWorld,
  failLast,
  idOf,
  NAMES,
} from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';
import { stage, TARGET } from './stage.ts';

const ROLLS_BACK = { autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } };

/** Lists deployments such as `v2 completed`, newest first. */
const shown = ({ recent = [] }: Plan) =>
  recent.map(({ revision, state, isRollback, remains }) =>
    [revision.name.replace('.zip', ''), state, isRollback && 'back', remains && 'remains']
      .filter(Boolean)
      .join(' '),
  );

async function over(settings = {}, bundle = {}) {
  const world = new CodeDeployWorld(settings);
  world.deploy('v1');
  await world.ended();
  await world.pass(600);
  const bad = world.deploy('v2', bundle);
  await world.pass(20);
  const { mechanism, ...more } = stage(world);
  return { ...more, world, bad, mechanism, plan: () => mechanism.plan(wanted(TARGET)) };
}

/** Deploys the present object under a key. */
const again = (world: CodeDeployWorld, name: string) =>
  world.call('CreateDeployment', { ...NAMES, revision: at(name) });

describe('the last deployments of a deployment group', () => {
  it('include a deployment that CodeDeploy rolls back, and the rollback only after it succeeded', async () => {
    const { world, bad, plan } = await over(ROLLS_BACK, { validateService: 'fails' });
    await world.world.clock.run(() => world.show(bad).status === 'Failed');
    const before = await plan();
    expect(shown(before)).toEqual(['v2 rolling-back', 'v1 completed']);
    expect(before.recent![0]!.changes).toEqual(['bundle: s3://bundles/v1.zip → s3://bundles/v2.zip']);
    await world.ended();
    const ended = await plan();
    expect(shown(ended)).toEqual(['v1 completed back', 'v2 failed', 'v1 completed']);
    expect(ended.recent![1]!.finishedAt).toBe(ended.recent![0]!.finishedAt);
    expect(ended.deployment).toEqual(ended.recent![0]);
  });

  it('include one whose rollback failed as still present', async () => {
    const { world, plan } = await over(ROLLS_BACK, { validateService: 'fails' });
    await failLast(world, 'v1');
    const ended = await plan();
    expect(shown(ended)).toEqual(['v2 failed remains', 'v1 completed']);
    expect(ended.deployment).toEqual(ended.recent![0]);
  });

  it('include a failed one as still present on its instances', async () => {
    const { world, plan } = await over({}, { validateService: 'fails' });
    await world.ended();
    expect(shown(await plan())).toEqual(['v2 failed remains', 'v1 completed']);
  });

  it('recognise a way back by its key, but not by a key that was deployed twice in a row', async () => {
    const { world, mechanism, ledger, plan } = await over();
    await world.ended();
    await world.pass(60);
    const hurtAt = world.world.clock.iso();
    again(world, 'v1');
    await world.ended();
    ledger.prove(idOf('v1'));
    const looked = await mechanism.plan(wanted(TARGET, byAlarm(hurtAt, world.world.clock.iso())));
    expect(looked).toMatchObject({
      state: 'nothing-to-do',
      reason: 'v1.zip is back already: it replaced v2.zip',
    });
    const { deploymentId: deployment = '' } = again(world, 'v1');
    await world.ended();
    const { recent } = await plan();
    expect(recent?.map(({ content }) => content)).toEqual([undefined, idOf('v1'), idOf('v2'), idOf('v1')]);
    const trigger = { type: 'deployment', id: 'event', at: world.world.clock.iso(), deployment } as const;
    expect(await mechanism.plan(wanted(TARGET, { trigger }))).not.toMatchObject({
      reason: expect.stringContaining('over itself') as string,
    });
  });

  it('precede the rollback by CodeDeploy of a fix to the revision at fault', async () => {
    const { world, mechanism } = await over(ROLLS_BACK);
    await world.ended();
    await world.pass(60);
    const hurtAt = world.world.clock.iso();
    const fix = world.deploy('v3', { validateService: 'fails' });
    await world.world.clock.run(() => world.show(fix).status === 'Failed');
    const request = byAlarm(hurtAt, world.world.clock.iso());
    const plan = withWay(await mechanism.plan(wanted(TARGET, request)));
    expect(shown(plan)).toEqual(['v3 rolling-back', 'v2 completed', 'v1 completed']);
    expect(plan).toMatchObject({ state: 'ready', from: { id: idOf('v2') }, to: { id: idOf('v1') } });
  });
});

describe('the content of a revision', () => {
  const S3 = 's3://bundles/v1.zip?type=zip';

  it.each([
    [`${S3}&etag=abc`, 'etag:abc', false],
    [`${S3}&version=7&etag=abc`, 'etag:abc', false],
    [`${S3}&version=7`, `${S3}&version=7`, false],
    [S3, S3, true],
    ['github:shop/web@0a1b2c3d', 'github:shop/web@0a1b2c3d', false],
    ['checkout:7', 'checkout:7', false],
    ['deployment:d-1', 'deployment:d-1', false],
  ])('%s is %s; its bytes may change: %s', (id, content, mayChange) => {
    expect(contentOf(id)).toBe(content);
    expect(canBeOverwritten(id)).toBe(mayChange);
  });
});

describe('the meters of a deployment group', () => {
  const group = { autoScalingGroups: ['web-fleet'] } as unknown as Group;
  const arn = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/1`;
  const balanced = [
    { arn: arn('used'), isUsed: true, isHttp: true },
    { arn: arn('spare'), isUsed: false, isHttp: true },
    { arn: arn('tcp'), isUsed: true, isHttp: false },
  ];

  it('cover instances: the used target groups of an Application Load Balancer, and the Auto Scaling groups', () => {
    const dimensions = metersOf(group, balanced, null).map((meter) => JSON.stringify(meter.dimensions));
    expect([...new Set(dimensions)]).toEqual([
      '{"TargetGroup":"targetgroup/used/1"}',
      '{"AutoScalingGroupName":"web-fleet"}',
    ]);
  });

  it('cover an alias: the whole, and both versions of the shift', () => {
    const functionName = 'arn:aws:lambda:eu-west-1:111122223333:function:checkout';
    const shift = { functionName, alias: 'live', current: '2', target: '3' };
    const meters = metersOf(group, balanced, shift);
    const errors = meters.filter(({ name }) => name === 'Errors');
    const whole = { FunctionName: 'checkout', Resource: 'checkout:live' };
    expect(errors.map(({ dimensions, revision }) => ({ dimensions, revision }))).toEqual([
      { dimensions: whole, revision: undefined },
      { dimensions: { ...whole, ExecutedVersion: '2' }, revision: versionOf(functionName, '2').id },
      { dimensions: { ...whole, ExecutedVersion: '3' }, revision: versionOf(functionName, '3').id },
    ]);
    expect(meters).toHaveLength(9);
  });

  it('skip a target group that no load balancer uses', async () => {
    const rollout = { releases: [{ id: 'd-1', status: 'Succeeded' }] } as never;
    const codedeploy = { size: () => Promise.resolve(4) };
    const alarms = { alarms: [] } as unknown as Group;
    const { targetGroups } = await watchOf(
      alarms,
      {},
      rollout,
      balanced,
      { target: TARGET, reason: '' },
      codedeploy,
    );
    expect(targetGroups).toEqual([
      { arn: arn('used'), wanted: 4 },
      { arn: arn('tcp'), wanted: 4 },
    ]);
  });
});
