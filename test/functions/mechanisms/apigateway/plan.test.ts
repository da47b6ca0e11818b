import { BAD, GOOD } from '@lastgood/embedded-aws/test/world/apigateway-world.ts';
import { describe, expect, it } from 'vitest';
import { writeSide } from '../../../../functions/mechanisms/apigateway/side.ts';
import { wanted } from '../../../contract/walk.ts';
import { sideOf, stage } from './stage.ts';

const remove = { op: 'remove' as const, path: '/canarySettings' };

describe('a plan', () => {
  it('removes a canary, and reads nothing else than the stage and the names of the APIs', async () => {
    const { world, plan, calls } = stage();
    world.canary(BAD, 10);
    expect(await plan({ trigger: alarm })).toMatchObject({
      state: 'ready',
      source: 'ledger',
      rungs: [{ name: 'remove-canary' }],
      memo: { sides: [sideOf(world.first), expect.stringMatching(/\?backend=v1$/) as string] },
    });
    expect(calls.toSorted()).toEqual(['GetRestApis', 'GetStage']);
  });

  it('goes to the side beside a canary, even if nothing is proven', async () => {
    const { world, plan, ledger } = stage();
    ledger.list.length = 0;
    world.canary(BAD, 10);
    expect(await plan()).toMatchObject({
      state: 'ready',
      source: 'deployments',
      to: { id: sideOf(world.first) },
    });
  });

  it('removes a canary of what had the whole stage, though what the stage has again was there before', async () => {
    const { world, plan, ledger, target } = stage();
    const bad = world.release(BAD);
    const [completedAt, deployment] = ['2026-11-22T02:00:00.000Z', sideOf(bad)];
    ledger.list.unshift({ state: 'candidate', target, deployment, completedAt, soakUntil: completedAt });
    world.patch({ op: 'replace', path: '/deploymentId', value: world.first });
    world.patch(
      { op: 'replace', path: '/canarySettings/deploymentId', value: bad },
      { op: 'replace', path: '/canarySettings/percentTraffic', value: '10' },
    );
    expect(await plan()).toMatchObject({
      state: 'ready',
      from: { id: sideOf(bad) },
      to: { id: sideOf(world.first) },
      rungs: [{ name: 'remove-canary' }],
      recent: [{ state: 'in-flight', sharesWith: 'unknown' }, { revision: { id: sideOf(bad) } }, {}],
    });
  });

  it('takes the stage for the new side where only the canary is proven', async () => {
    const { world, plan, ledger } = stage();
    const good = world.canary(GOOD, 30);
    ledger.list.length = 0;
    ledger.prove(sideOf(good));
    expect(await plan()).toMatchObject({
      state: 'ready',
      from: { id: sideOf(world.first) },
      to: { id: sideOf(good) },
      rungs: [{ name: 'previous-deployment' }],
    });
  });

  it('takes the stage for the new side where the canary was proven before what ran between', async () => {
    const { world, plan, ledger } = stage();
    const good = world.deploy(GOOD);
    ledger.prove(sideOf(good), '2026-11-21T00:00:00.000Z');
    ledger.list.reverse();
    const bad = world.release(BAD);
    world.patch(
      { op: 'replace', path: '/canarySettings/deploymentId', value: good },
      { op: 'replace', path: '/canarySettings/percentTraffic', value: '30' },
    );
    expect(await plan()).toMatchObject({ state: 'ready', from: { id: sideOf(bad) } });
  });

  it('has the meters of the stage by the name of its API', async () => {
    const { meters } = await stage().plan();
    const dimensions = { ApiName: 'checkout', Stage: 'prod' };
    expect(meters).toMatchObject([
      { metric: 'requests', name: 'Count', dimensions },
      { metric: 'errors', name: '5XXError', dimensions },
      { metric: 'latency', name: 'Latency', dimensions },
    ]);
  });

  it('has no meters if another API has the same name, and says so', async () => {
    const { world, plan } = stage();
    world.release(BAD);
    world.call('CreateRestApi', { name: 'checkoutü' });
    const found = await plan();
    expect(found).not.toHaveProperty('meters');
    expect(found).toHaveProperty(
      'notes',
      expect.arrayContaining([expect.stringMatching(/shares with another/)]),
    );
  });

  it('is made without the names of the APIs where they cannot be read', async () => {
    const { clients, mechanism, target } = stage();
    const names = () => Promise.reject(new Error('throttled'));
    const { createMechanism } = await import('../../../../functions/mechanisms/apigateway/mechanism.ts');
    expect(await createMechanism({ ...clients, names }).plan(wanted(target))).not.toHaveProperty('meters');
    expect(await mechanism.plan(wanted(target))).toHaveProperty('meters');
  });
});

describe('a deployment', () => {
  it('that was deleted is passed over for an older one', async () => {
    const { world, plan, ledger } = stage();
    const second = world.release(GOOD);
    ledger.prove(sideOf(second), '2026-11-22T01:00:00.000Z');
    world.release(BAD);
    world.call('DeleteDeployment', { restApiId: world.api, deploymentId: second });
    expect(await plan()).toMatchObject({
      to: { id: sideOf(world.first) },
      notes: expect.arrayContaining([
        `passed over ${sideOf(second)}: its deployment ${second} was deleted`,
      ]) as string[],
    });
  });

  it('that was at fault once is not gone back to', async () => {
    const { world, plan, ledger } = stage();
    ledger.condemn(sideOf(world.first));
    world.release(BAD);
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/no last known good/) as string,
    });
  });

  it('comes back with long variables if the stage still has them', async () => {
    const { world, plan, ledger } = stage();
    const variables = { backend: 'x'.repeat(401) };
    const second = world.release(GOOD, { variables });
    ledger.list.length = 0;
    ledger.prove(writeSide(second, variables));
    world.release(BAD);
    expect(await plan()).toMatchObject({ state: 'ready', to: { id: writeSide(second, variables) } });
    world.release(BAD, { variables: { backend: 'v2' } });
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/too long to be kept/) as string,
    });
  });
});

describe('a request', () => {
  it('for a deployment means the variables with which it ran', async () => {
    const { world, plan } = stage();
    world.release(BAD, { variables: { backend: 'v2' } });
    expect(await plan({ revision: world.first })).toMatchObject({ to: { id: sideOf(world.first) } });
  });

  it('for a deployment that never ran keeps the variables of the stage, and says so', async () => {
    const { world, plan } = stage();
    const spare = world.deploy(GOOD);
    expect(await plan({ revision: spare })).toMatchObject({
      to: { id: sideOf(spare) },
      notes: expect.arrayContaining([
        expect.stringMatching(/unknown with which stage variables/),
      ]) as string[],
    });
  });

  it('for a deployment with variables means exactly these, however they are sorted and encoded', async () => {
    const { world, plan } = stage();
    const before = { backend: 'v1', zone: 'a/b' };
    const first = world.release(GOOD, { variables: before });
    world.release(BAD, { variables: { backend: 'v2', zone: 'a/b' } });
    const asked = (variables: string) => plan({ revision: `${first}?${variables}` });
    expect(await asked('zone=a/b&backend=v1')).toMatchObject({ to: { id: writeSide(first, before) } });
    expect(await asked('backend=v3')).toMatchObject({
      to: { id: writeSide(first, { backend: 'v3' }) },
      notes: expect.arrayContaining([expect.stringMatching(/unknown whether .* ever ran/)]) as string[],
    });
    await expect(asked('backend=%zz')).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  it('for a deployment that was deleted is refused', async () => {
    const { world, plan } = stage();
    const spare = world.deploy(GOOD);
    world.call('DeleteDeployment', { restApiId: world.api, deploymentId: spare });
    await expect(plan({ revision: spare })).rejects.toMatchObject({ name: 'InvalidRequest' });
  });
});

describe('a target', () => {
  it('that another one deploys is refused, and the owner is named', async () => {
    const { world, plan } = stage();
    world.call('TagResource', {
      resourceArn: world.arn,
      tags: { 'lastgood:target': 'codedeploy:shop/checkout' },
    });
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/^codedeploy:shop\/checkout deploys apigateway:/) as string,
    });
  });

  it('that its own tag names is not refused', async () => {
    const { world, plan, target } = stage();
    world.call('TagResource', {
      resourceArn: world.arn,
      tags: { 'lastgood:target': `ecs:prod/a ${target}` },
    });
    world.canary(BAD, 10);
    expect(await plan()).toMatchObject({ state: 'ready' });
    world.patch(remove);
  });

  it('is not refused for an empty tag', async () => {
    const { world, plan } = stage();
    world.call('TagResource', { resourceArn: world.arn, tags: { 'lastgood:target': '' } });
    world.canary(BAD, 10);
    expect(await plan()).toMatchObject({ state: 'ready' });
  });

  it('of an HTTP API is refused with the reason', async () => {
    const { mechanism } = stage();
    await expect(mechanism.plan(wanted('apigateway:http123456/prod'))).rejects.toMatchObject({
      name: 'UnsupportedTarget',
      message: expect.stringMatching(/no REST API http123456 here\. An HTTP or WebSocket API/) as string,
    });
  });
});

const alarm = { type: 'alarm', id: 'red 1', at: '2026-11-22T04:00:00.000Z', alarm: 'red' } as const;
