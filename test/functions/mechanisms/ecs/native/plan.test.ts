import { describe, expect, it } from 'vitest';
import { awsError } from '../../../../fakes/ecs.ts';
import { stage } from '../stage.ts';

const text = (part: string): string => expect.stringContaining(part) as string;

describe('what may be planned for', () => {
  it.each(['DRAINING', 'INACTIVE'])('refuses a service that is %s', async (status) => {
    const { plan } = stage({ status });
    await expect(plan()).rejects.toMatchObject({ name: 'UnsupportedTarget', message: text(status) });
  });

  it('does not swallow throttling', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41');
    ecs.errors.set('revisions', awsError('ThrottlingException'));
    await expect(plan()).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('refuses a revision of another service', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    const foreign = { ...ecs.known.get(good)!, arn: 'arn:foreign', serviceArn: 'arn:other-service' };
    ecs.known.set(foreign.arn, foreign);
    await expect(plan({ revision: foreign.arn })).rejects.toMatchObject({
      name: 'InvalidRequest',
      field: 'request.revision',
    });
  });

  it('refuses a tag out of its range', async () => {
    const { ecs, plan } = stage({ tags: { lastgood: 'auto', 'lastgood:probe': 'not a url' } });
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    await expect(plan()).rejects.toMatchObject({ name: 'InvalidTag' });
  });
});

describe('a service that is to run no tasks', () => {
  it('is named in the plan', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    expect(await plan()).not.toHaveProperty('wantsNone');
    ecs.service_!.desired = 0;
    expect(await plan()).toMatchObject({ state: 'ready', wantsNone: 'The desired count is 0' });
  });
});

describe('rungs', () => {
  it('stop a rollout first and deploy again if that fails', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    expect(await plan()).toMatchObject({ rungs: [{ name: 'stop-deployment' }, { name: 'redeploy' }] });
  });

  it('hold the broken deployment at fault while ECS still calls it PRIMARY', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41');
    const bad = ecs.deploy('checkout:42');
    expect(await plan()).toMatchObject({
      deployment: { id: bad, state: 'in-flight' },
      from: { name: 'checkout:42' },
      to: { id: good },
    });
  });

  it('hold the deployment at fault that ECS names as current, though it is not on the list yet', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41');
    const bad = ecs.deploy('checkout:42');
    ecs.lag = 1;
    ecs.service_!.currentDeployment = bad;
    expect(await plan()).toMatchObject({
      deployment: { id: bad },
      to: { id: good },
      rungs: [{ name: 'stop-deployment' }, {}],
    });
  });

  it('only deploy again when stopping would bring back something other than the last known good', async () => {
    const { ecs, ledger, plan } = stage();
    const proven = ecs.deployed('checkout:40');
    ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ledger.prove(proven);
    expect(await plan()).toMatchObject({ to: { id: proven }, rungs: [{ name: 'redeploy' }] });
  });

  it('only deploy again if more than one revision runs: it is unknown which one a rollback restores', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:40');
    ecs.deploy('checkout:41');
    ecs.runs(ecs.newest.revision, 1);
    ecs.deploy('checkout:42');
    expect(await plan()).toMatchObject({ to: { id: good }, rungs: [{ name: 'redeploy' }] });
  });

  it('give a new deployment the time that its strategy waits on purpose', async () => {
    const { ecs, plan } = stage({ bakeSeconds: 3600 });
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    expect(await plan()).toMatchObject({ rungs: [{ name: 'redeploy', withinSeconds: 1800 + 3600 }] });
  });

  it('deploy again after a deployment that failed and stayed', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ecs.fail('circuit breaker');
    expect(await plan()).toMatchObject({
      deployment: { state: 'failed', isRollback: false },
      to: { id: good },
      rungs: [{ name: 'redeploy' }],
    });
  });
});

describe('the infrastructure role of load balancers', () => {
  const loadBalancer = { targetGroupArn: 'tg-a', containerName: 'app', containerPort: 80 };
  const withRole = (port: number) => ({
    loadBalancers: [
      {
        ...loadBalancer,
        containerPort: port,
        advancedConfiguration: { alternateTargetGroupArn: 'tg-b', roleArn: 'arn:role' },
      },
    ],
  });

  it('is not sent where it did not change', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41', withRole(80));
    ecs.deployed('checkout:42', withRole(80));
    const made = await plan();
    expect(JSON.stringify(made.state === 'ready' && made.memo)).not.toContain('arn:role');
  });

  it.each([
    ['that the bad release removed', withRole(80), { loadBalancers: [loadBalancer] }],
    ['that the bad release brought', { loadBalancers: [loadBalancer] }, withRole(80)],
    ['that stands in a changed field', withRole(80), withRole(8080)],
  ])('is sent back, %s, and the plan says what may stay', async (_, good, bad) => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41', good);
    ecs.deployed('checkout:42', bad);
    expect(await plan()).toMatchObject({
      state: 'ready',
      notes: ['if ECS refuses its loadBalancers, those of the revision at fault stay'],
      memo: { changes: good, mayStay: ['loadBalancers'] },
    });
  });
});

describe('a native rollback', () => {
  it('is joined while it runs', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41');
    const bad = ecs.deploy('checkout:42');
    ecs.rollBack();
    expect(await plan()).toMatchObject({
      state: 'join',
      to: { id: good },
      deployment: { id: bad, state: 'rolling-back', isRollback: false },
    });
  });

  it('is joined before ECS names where it goes', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ecs.rollBack(null);
    expect(await plan()).toMatchObject({ state: 'join', to: { id: good } });
  });

  it('is joined if it restores the only revision that ran, before ECS names it and although the history forgot it', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:40');
    const good = ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ecs.lines.splice(1, 1);
    ecs.rollBack(null);
    expect(await plan()).toMatchObject({ state: 'join', to: { id: good } });
  });

  it('is not joined if another revision was requested', async () => {
    const { ecs, plan } = stage();
    const asked = ecs.deployed('checkout:40');
    const native = ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ecs.rollBack();
    expect(await plan({ revision: asked })).toMatchObject({
      state: 'ready',
      to: { id: asked },
      rungs: [{ name: 'redeploy' }],
    });
    expect(await plan({ revision: native })).toMatchObject({ state: 'join', source: 'request' });
  });

  it('is not joined on its way to a condemned revision, and the plan says so', async () => {
    const { ecs, ledger, plan } = stage();
    const good = ecs.deployed('checkout:40');
    ledger.condemn(ecs.deployed('checkout:41'));
    ecs.deploy('checkout:42');
    ecs.rollBack();
    const made = await plan();
    expect(made).toMatchObject({ state: 'ready', to: { id: good }, rungs: [{ name: 'redeploy' }] });
    expect(made).toMatchObject({ notes: [text('condemned: not joined'), text('did not check whether')] });
  });

  it('leaves nothing to do after its end', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ecs.rollBack();
    ecs.endRollback();
    expect(await plan()).toMatchObject({
      state: 'nothing-to-do',
      reason: text('checkout:41'),
      deployment: { isRollback: true },
    });
  });

  it('that ended on a condemned revision is not the end', async () => {
    const { ecs, ledger, plan } = stage();
    const good = ecs.deployed('checkout:40');
    const condemned = ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ecs.rollBack();
    ecs.endRollback();
    ledger.condemn(condemned);
    expect(await plan()).toMatchObject({ state: 'ready', from: { id: condemned }, to: { id: good } });
  });

  it('that failed is followed by deploying again', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ecs.rollBack();
    ecs.endRollback('ROLLBACK_FAILED');
    expect(await plan()).toMatchObject({ state: 'ready', to: { id: good }, rungs: [{ name: 'redeploy' }] });
  });
});

describe('isRollback', () => {
  it('is true for a way back by Lastgood: it replaced a condemned revision and deploys an older one', async () => {
    const { ecs, ledger, plan } = stage();
    ecs.deployed('checkout:40');
    ecs.deployed('checkout:41');
    ledger.condemn(ecs.deployed('checkout:42'));
    ecs.deployed('checkout:41');
    expect(await plan()).toMatchObject({ deployment: { isRollback: true } });
  });

  it('is false for an older revision that replaces one that is not condemned', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    ecs.deployed('checkout:41');
    expect(await plan()).toMatchObject({ deployment: { isRollback: false } });
  });

  it('is false for the fix that replaces a condemned revision', async () => {
    const { ecs, ledger, plan } = stage();
    ecs.deployed('checkout:41');
    ledger.condemn(ecs.deployed('checkout:42'));
    ecs.deployed('checkout:43');
    expect(await plan()).toMatchObject({ deployment: { isRollback: false } });
  });
});

it('says that the rollback serves no users if the service is scaled to zero', async () => {
  const { ecs, plan } = stage({ desired: 0 });
  ecs.deployed('checkout:41');
  ecs.deployed('checkout:42');
  expect(await plan()).toMatchObject({ notes: [text('serves no users until an operator scales it up')] });
});

describe('watch', () => {
  it('expects the highest desired count, on the target groups of the service', async () => {
    const loadBalancers = [{ targetGroupArn: 'tg', containerName: 'app', containerPort: 80 }];
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41', { loadBalancers });
    ecs.deployed('checkout:42', { loadBalancers });
    ecs.service_!.desired = 3;
    ecs.requested = 6;
    expect(await plan()).toMatchObject({
      watch: { targetGroups: [{ arn: 'tg', wanted: 6 }], tasks: { cluster: 'prod', service: 'checkout' } },
    });
  });

  it("watches the deployment's alarms, the tagged ones, and the one that fired, without duplicates", async () => {
    const { ecs, plan } = stage({
      alarms: ['a', 'b'],
      tags: { 'lastgood:alarms': 'b c', 'lastgood:probe': 'https://x.test/up' },
    });
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    const trigger = { type: 'alarm' as const, id: '1', at: '2026-11-22T03:00:00.000Z', alarm: 'd' };
    expect(await plan({ trigger })).toMatchObject({
      watch: { alarms: ['a', 'b', 'c', 'd'], probes: ['https://x.test/up'] },
    });
  });

  it('expects the traffic of a new blue/green deployment on the target group that is not in use', async () => {
    const loadBalancers = [
      {
        targetGroupArn: 'blue',
        containerName: 'app',
        containerPort: 80,
        advancedConfiguration: { alternateTargetGroupArn: 'green' },
      },
    ];
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41', { loadBalancers });
    const bad = ecs.deployed('checkout:42', { loadBalancers });
    expect(await plan()).toMatchObject({ watch: { targetGroups: [{ arn: 'green' }] } });
    ecs.known.set(bad, { ...ecs.known.get(bad)!, targetGroups: ['green'] });
    expect(await plan()).toMatchObject({ watch: { targetGroups: [{ arn: 'blue' }] } });
  });

  it('carries the tags of the service and of the task definition at fault', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    ecs.taskTags.set('checkout:42', { 'lastgood:irreversible': 'schema 7' });
    expect(await plan()).toMatchObject({
      tags: { lastgood: 'auto' },
      fromTags: { 'lastgood:irreversible': 'schema 7' },
    });
  });
});
