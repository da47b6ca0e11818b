import { describe, expect, it } from 'vitest';
import {
  openCodeDeployShop,
  type CodeDeployOptions,
} from '../../../../../local/scenarios/ecs/code-deploy-shop.ts';
import { TARGET } from '../../../../../local/scenarios/ecs/target.ts';
import { awsGoesTo } from '../../../../../functions/mechanisms/ecs/code-deploy/choice.ts';
import { leftOver } from '../../../../../functions/mechanisms/ecs/code-deploy/left-over.ts';
import { redeploymentOf } from '../../../../../functions/mechanisms/ecs/code-deploy/redeployment.ts';
import type { Standing } from '../../../../../functions/mechanisms/ecs/code-deploy/standing.ts';
import type { Survey } from '../../../../../functions/mechanisms/ecs/code-deploy/survey.ts';
import { mechanismOn, openWorld } from '../../../../contract/ecs-stage.ts';
import { planned, started, stopped, wanted } from '../../../../contract/walk.ts';
import { sends, setBehind } from '../external/task-sets.ts';

/** Sets up `v0`, which ran before CodeDeploy, and `v1`, which CodeDeploy deployed. */
async function open(options: CodeDeployOptions = {}) {
  const stage = openWorld();
  const shop = await openCodeDeployShop(stage, options);
  return { stage, shop, ...mechanismOn(stage, TARGET, () => stage.world.clock.iso()) };
}

describe("CodeDeploy's own rollback", () => {
  const survey = (running: number, state: Standing['state'] = 'rolling-out') => {
    const set = (taskDefinition: string, of: object) => ({ settings: { taskDefinition }, ...of });
    const sets = [set('checkout:3', { running: 4 }), set('checkout:2', { running })];
    const seen = { sets, service: { desired: 4 } } as unknown as Survey;
    return awsGoesTo(seen, { state } as Standing, 'checkout:3');
  };

  it('returns the traffic to the tasks that still run', () => {
    expect(survey(4)).toEqual({ revision: 'checkout:2', isWhole: true });
    expect(survey(4, 'rolling-back')).toMatchObject({ revision: 'checkout:2' });
  });

  it('is not whole where some of them have gone: they would have to start again', () => {
    expect(survey(3)).toEqual({ revision: 'checkout:2', isWhole: false });
  });

  it('is no way after the end of the deployment', () => {
    expect(survey(4, 'at-rest')).toBeNull();
  });
});

describe('a deployment that was stopped before it served', () => {
  it('is nothing to do, because the previous task set still serves', async () => {
    const { stage, shop, mechanism } = await open();
    shop.release('v2');
    await stage.minutes(0.2);
    await shop.stop();
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({
      state: 'nothing-to-do',
      reason: expect.stringMatching(/of checkout:3 has ended, and checkout:2 serves/) as string,
    });
  });

  it('leaves something to do if the serving revision was at fault before', async () => {
    const { stage, shop, mechanism, ledger } = await open();
    shop.release('v2');
    await stage.minutes(0.2);
    await shop.stop();
    ledger.condemn(shop.releases['v1']!);
    ledger.prove(shop.releases['v0']!);
    const { plan } = await planned(mechanism, TARGET);
    expect(plan).toMatchObject({
      from: { id: shop.releases['v1'] },
      to: { id: shop.releases['v0'] },
      rungs: [{ name: 'redeploy' }],
    });
  });
});

describe('a deployment that was stopped with a share of the traffic', () => {
  it.each([undefined, 'v1', 'v0'])('leaves no way back, whatever is requested: %s', async (name) => {
    const { stage, shop, mechanism } = await open({
      config: 'CodeDeployDefault.ECSCanary10Percent15Minutes',
    });
    shop.release('v2');
    await stage.minutes(4);
    await shop.stop();
    const asked = name === undefined ? {} : { revision: shop.releases[name]! };
    expect(await mechanism.plan(wanted(TARGET, asked))).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(
        /is Stopped, and the tasks of checkout:3 still have traffic beside those of checkout:2/,
      ) as string,
    });
  });

  const bad = setBehind('green', { externalId: 'd-1' });
  const good = setBehind('blue', { isPrimary: true });
  const standing = { state: 'at-rest', atFault: { id: 'd-1', status: 'Failed' } } as Standing;
  const told = (...listeners: readonly Readonly<Record<string, number>>[]) => {
    const balancer = { forwardings: () => Promise.resolve(listeners.map((weights) => sends(weights))) };
    return leftOver({ sets: [bad, good] } as unknown as Survey, standing, { balancer } as never);
  };

  it.each([
    ['a part of one listener', [{ blue: 90, green: 10 }], true],
    ['all of the only listener', [{ blue: 0, green: 100 }], true],
    [
      'a listener for tests, while another sends everything to what serves',
      [{ blue: 100 }, { green: 100 }],
      false,
    ],
    ['nothing', [{ blue: 100, green: 0 }], false],
  ])('is recognised by %s', async (_, listeners, isLeft) => {
    expect((await told(...listeners)) !== null).toBe(isLeft);
  });
});

describe('the last known good', () => {
  it('is never condemned, whatever its source', async () => {
    const { shop, mechanism, ledger } = await open({ keepsOldMinutes: 0 });
    await shop.ended(shop.release('v2'));
    await shop.ended(shop.release('v3'));
    ledger.prove(shop.releases['v2']!);
    ledger.condemn(shop.releases['v2']!);
    const { plan } = await planned(mechanism, TARGET);
    expect(plan).toMatchObject({ source: 'deployments', to: { id: shop.releases['v1'] } });
  });

  it('is never a revision of an incomplete deployment', async () => {
    const { stage, shop, mechanism } = await open({ keepsOldMinutes: 0 });
    shop.release('v2');
    await stage.minutes(0.2);
    await shop.stop();
    await shop.ended(shop.release('v3'));
    expect((await planned(mechanism, TARGET)).plan.to.id).toBe(shop.releases['v1']);
  });
});

describe('the redeployment', () => {
  const revisionOf = async (mechanism: Awaited<ReturnType<typeof open>>['mechanism']) => {
    const { plan } = await planned(mechanism, TARGET);
    const { revision } = plan.memo as { revision: { appSpecContent?: { content: string } } | null };
    return { plan, content: revision?.appSpecContent?.content ?? '' };
  };

  it('uses the AppSpec file that last deployed the revision, with its own port', async () => {
    const { stage, shop, mechanism } = await open({ keepsOldMinutes: 0 });
    const release = async (taskDefinition: string, container: string, isStopped = false) => {
      const content = [
        'Resources:',
        '  - TargetService:',
        '      Properties:',
        `        TaskDefinition: "${taskDefinition}"`,
        '        LoadBalancerInfo:',
        `          ContainerName: "checkout" # ${container}`,
        '          ContainerPort: 8080',
      ].join('\n');
      const { deploymentId } = stage.call<{ deploymentId: string }>('codedeploy', 'CreateDeployment', {
        applicationName: 'shop',
        deploymentGroupName: 'checkout',
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
      });
      if (isStopped) await shop.stop();
      else await shop.ended(deploymentId);
    };
    await release(shop.releases['v1']!, 'good');
    await release(shop.releases['v1']!, 'never tried', true);
    await release(shop.releases['v0']!, 'bad');
    const { plan, content } = await revisionOf(mechanism);
    expect(plan.to.id).toBe(shop.releases['v1']);
    expect(content).toContain('# good');
  });

  it('uses the file on S3 that last deployed the revision, unread, with a note', () => {
    const revision = { revisionType: 'S3' as const, s3Location: { bucket: 'specs', key: 'v1.yml' } };
    const before = { id: 'd-GOOD', status: 'Succeeded', revision, application: 'shop', group: 'checkout' };
    const bad = { ...before, id: 'd-BAD' };
    const seen = {
      deployments: [bad, before],
      deployed: ({ id }: { id: string }) => (id === 'd-GOOD' ? 'checkout:2' : 'checkout:3'),
      appSpec: ({ id }: { id: string }) => (id === 'd-GOOD' ? null : 'another file'),
      groupTags: { lastgood: 'auto' },
    };
    expect(redeploymentOf('checkout:2', seen as never, bad as never)).toEqual({
      revision,
      notes: ['Lastgood did not check whether its AppSpec file is still on S3'],
    });
  });

  it('has no alarms and no automatic rollback', async () => {
    const { stage, shop, mechanism } = await open({ keepsOldMinutes: 0 });
    await shop.ended(shop.release('v2'));
    const { reverted } = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    const { deploymentInfo } = stage.call<{ deploymentInfo: object }>('codedeploy', 'GetDeployment', {
      deploymentId: reverted.deployment,
    });
    expect(deploymentInfo).toMatchObject({
      autoRollbackConfiguration: { enabled: false },
      overrideAlarmConfiguration: { enabled: false },
      deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
    });
  });

  it('is impossible if the group is not opted in', async () => {
    const { shop, mechanism } = await open({ keepsOldMinutes: 0, groupTags: { lastgood: 'observe' } });
    await shop.ended(shop.release('v2'));
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('is not tagged') as string,
    });
  });

  it('leaves the own rollback of a group that is not opted in', async () => {
    const { stage, shop, mechanism } = await open({ groupTags: {} });
    shop.release('v2');
    await stage.minutes(3);
    const document = await planned(mechanism, TARGET);
    expect(document.plan).toMatchObject({ rungs: [{ name: 'stop-deployment' }] });
    expect(document.plan.notes?.join()).toContain('it cannot be deployed again');
    expect(document.plan.watch.targetGroups).toMatchObject([{ wanted: 4 }]);
    expect((await stopped(mechanism, document)).stopped).toMatchObject({ state: 'reverting' });
  });
});
