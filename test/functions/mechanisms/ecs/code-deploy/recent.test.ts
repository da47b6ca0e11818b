import type { DeploymentInfo, GetDeploymentOutput, RevisionLocation } from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import {
  openCodeDeployShop,
  type CodeDeployOptions,
} from '../../../../../local/scenarios/ecs/code-deploy-shop.ts';
import { GOOD, register } from '../../../../../local/scenarios/ecs/task-definitions.ts';
import { TARGET } from '../../../../../local/scenarios/ecs/target.ts';
import type { Stage } from '../../../../../local/scenarios/stage.ts';
import type { Mechanism } from '../../../../../src/rollback/mechanism.ts';
import { survey } from '../../../../../functions/mechanisms/ecs/code-deploy/survey.ts';
import type { Clients } from '../../../../../functions/mechanisms/ecs/code-deploy/clients.ts';
import { after } from '../../../../../src/rollback/time.ts';
import { mechanismOn, openWorld } from '../../../../contract/ecs-stage.ts';
import { wanted } from '../../../../contract/walk.ts';
import { setBehind } from '../external/task-sets.ts';

/** Deploys `v1`, checkout:2, with CodeDeploy over the previous revision. */
async function open(options: CodeDeployOptions = {}) {
  const stage = openWorld();
  const shop = await openCodeDeployShop(stage, options);
  return { stage, shop, ...mechanismOn(stage, TARGET, () => stage.world.clock.iso()) };
}

function shownOf(stage: Stage, deploymentId: string): DeploymentInfo {
  const { deploymentInfo = {} } = stage.call<GetDeploymentOutput>('codedeploy', 'GetDeployment', {
    deploymentId,
  });
  return deploymentInfo;
}

/** Returns the content of the newest deployment, as Report keeps it. */
async function contentOf(mechanism: Mechanism): Promise<string> {
  return (await mechanism.plan(wanted(TARGET))).deployment?.content ?? '';
}

async function linesOf(mechanism: Mechanism) {
  const { recent = [], deployment } = await mechanism.plan(wanted(TARGET));
  expect(recent[0]).toEqual(deployment);
  return recent.map(({ revision, state, finishedAt, remains, isRollback }) =>
    [
      revision.name,
      state,
      finishedAt === undefined ? 'open' : 'over',
      ...(remains ? ['remains'] : []),
      ...(isRollback ? ['back'] : []),
    ].join(' '),
  );
}

describe('the last deployments', () => {
  it('are the deployments of CodeDeploy, newest first, by content', async () => {
    const { stage, shop, mechanism } = await open({ keepsOldMinutes: 0 });
    await shop.ended(shop.release('v2'));
    await shop.ended(shop.putBack('v1'));
    shop.release('v3');
    await stage.minutes(0.2);
    expect(await linesOf(mechanism)).toEqual([
      'checkout:4 in-flight open',
      'checkout:2 completed over',
      'checkout:3 completed over',
      'checkout:2 completed over',
    ]);
    const { recent = [] } = await mechanism.plan(wanted(TARGET));
    const [v3, back, v2, v1] = recent.map(({ content }) => content);
    expect(back).toBe(v1);
    expect(new Set([v3, v2, v1]).size).toBe(3);
  });

  it('show a rollback by CodeDeploy as the deployment that it rolls back, and after its end as the way back', async () => {
    const { stage, shop, mechanism } = await open();
    const id = shop.release('v2');
    await stage.minutes(3);
    stage.call('codedeploy', 'StopDeployment', { deploymentId: id, autoRollbackEnabled: true });
    await shop.ended(id);
    await stage.until(
      'it goes back',
      () => shownOf(stage, id).rollbackInfo?.rollbackDeploymentId !== undefined,
    );
    expect(await linesOf(mechanism)).toEqual(['checkout:3 rolling-back open', 'checkout:2 completed over']);
    await stage.minutes(3);
    expect(await linesOf(mechanism)).toEqual([
      'checkout:2 completed over back',
      'checkout:3 failed over',
      'checkout:2 completed over',
    ]);
    const [back, taken] = (await mechanism.plan(wanted(TARGET))).recent ?? [];
    expect(taken?.finishedAt).toBe(back?.finishedAt);
  });

  it('remain if they were stopped and left their tasks', async () => {
    const { stage, shop, mechanism } = await open({
      config: 'CodeDeployDefault.ECSCanary10Percent15Minutes',
    });
    shop.release('v2');
    await stage.minutes(4);
    await shop.stop();
    expect(await linesOf(mechanism)).toEqual(['checkout:3 failed over remains', 'checkout:2 completed over']);
  });
});

describe('the meters of the service', () => {
  it('cover each side while both exist', async () => {
    const { stage, shop, mechanism } = await open();
    shop.release('v2');
    await stage.minutes(3);
    const { meters = [] } = await mechanism.plan(wanted(TARGET));
    const requests = meters.filter(({ metric }) => metric === 'requests');
    expect(requests.map(({ revision }) => revision)).toEqual([shop.releases['v2'], shop.releases['v1']]);
  });
});

describe('condemned content that is registered again', () => {
  it('keeps its condemned id, and is never a candidate', async () => {
    const { shop, mechanism, ledger } = await open({ keepsOldMinutes: 0 });
    await shop.ended(shop.release('v2'));
    ledger.condemn(shop.releases['v2']!, undefined, await contentOf(mechanism));
    await shop.ended(shop.release('v3', {}, { imageOf: 'v2' }));
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({
      from: { id: shop.releases['v2'], name: 'checkout:4' },
      to: { id: shop.releases['v1'] },
    });
    await shop.ended(shop.release('v4'));
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({ to: { id: shop.releases['v1'] } });
  });

  it('is known although its own deployment is forgotten', async () => {
    const { stage, shop, mechanism, ledger } = await open({ keepsOldMinutes: 0 });
    await shop.ended(shop.release('v2'));
    const forgotten = register(stage, 'v2', GOOD, { imageOf: 'v2' });
    ledger.condemn(forgotten, undefined, await contentOf(mechanism));
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({ from: { id: forgotten } });
  });

  it('may be the candidate where the ledger kept no content: a person decides', async () => {
    const { shop, mechanism, ledger } = await open({ keepsOldMinutes: 0 });
    await shop.ended(shop.release('v2'));
    ledger.condemn(shop.releases['v2']!);
    await shop.ended(shop.release('v3', {}, { imageOf: 'v2' }));
    const doubt = 'checkout:2 may deploy the same as checkout:3, which was at fault';
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({
      to: { id: shop.releases['v1'] },
      doubt: expect.stringContaining(doubt) as string,
    });
    // What was proven later was compared by the sweep.
    ledger.prove(shop.releases['v1']!, '2026-11-22T03:00:00.000Z');
    expect(await mechanism.plan(wanted(TARGET))).not.toHaveProperty('doubt');
  });
});

describe('the suspect', () => {
  it('is the revision that ran at the onset: no newer one is a candidate', async () => {
    const { stage, shop, mechanism, ledger } = await open({ keepsOldMinutes: 0 });
    ledger.prove(shop.releases['v1']!);
    await shop.ended(shop.release('v2'));
    const since = stage.world.clock.iso();
    await stage.minutes(2);
    await shop.ended(shop.release('v3'));
    ledger.prove(shop.releases['v3']!);
    await shop.ended(shop.release('v4'));
    const onset = { at: since, until: after(since, 60) };
    const trigger = { type: 'alarm' as const, id: '1', at: after(since, 120), alarm: 'errors', onset };
    expect(await mechanism.plan(wanted(TARGET, { trigger }))).toMatchObject({
      from: { id: shop.releases['v4'] },
      suspect: { id: shop.releases['v2'] },
      to: { id: shop.releases['v1'] },
      notes: [expect.stringContaining('checkout:3 ran when the harm began')],
    });
  });
});

describe('the task definition of a deployment', () => {
  const file = (more: object): RevisionLocation => ({
    revisionType: 'S3',
    s3Location: { bucket: 'specs', key: 'checkout.yml', ...more },
  });
  /** Makes two deployments by a file on S3; the task set of the newer one still exists. */
  async function ofTheOlder(revision: RevisionLocation) {
    const one = (id: string, createdAt: string) => ({ id, createdAt, revision, status: 'Succeeded' });
    const older = one('d-OLD', '2026-11-20T00:00:00.000Z');
    const newer = one('d-NEW', '2026-11-21T00:00:00.000Z');
    const clients = {
      taskSets: { of: () => Promise.resolve([setBehind('blue', { externalId: 'd-NEW' })]) },
      codeDeploy: {
        deployment: () => Promise.resolve(newer),
        deployments: () => Promise.resolve([newer, older]),
        appSpecs: () => Promise.resolve(new Map()),
        tags: () => Promise.resolve({}),
      },
      now: () => '2026-11-22T00:00:00.000Z',
    } as unknown as Clients;
    const begun = { service: { arn: '', taskSets: [] }, entries: Promise.resolve([]) };
    const { deployed } = await survey(wanted(TARGET), begun as never, clients);
    return deployed(older as never);
  }

  it('is known by another deployment of the same file', async () => {
    expect(await ofTheOlder(file({ version: '7' }))).toBe('checkout:1');
    expect(await ofTheOlder(file({ eTag: 'abc' }))).toBe('checkout:1');
  });

  it('is unknown if the file may have been overwritten', async () => {
    expect(await ofTheOlder(file({}))).toBeNull();
  });
});
