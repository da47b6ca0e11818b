import { describe, expect, it } from 'vitest';
import { planned, started, stopped } from '../../../../contract/walk.ts';
import { stage, TARGET, type Stage } from '../stage.ts';

async function goingBack(set: Stage) {
  return started(set.mechanism, await stopped(set.mechanism, await planned(set.mechanism, TARGET)));
}

async function native() {
  const set = stage();
  const good = set.ecs.deployed('checkout:41');
  set.ecs.deploy('checkout:42');
  const bad = set.ecs.newest.revision;
  return { ...set, good, bad, document: await goingBack(set) };
}

async function redeployed() {
  const set = stage();
  set.ecs.deployed('checkout:41');
  const bad = set.ecs.deployed('checkout:42');
  return { ...set, bad, document: await goingBack(set) };
}

describe('the watch after a new deployment', () => {
  const pair = [
    {
      targetGroupArn: 'blue',
      containerName: 'app',
      containerPort: 80,
      advancedConfiguration: { alternateTargetGroupArn: 'green' },
    },
  ];

  it.each(['blue', 'green'])('is the target group on which it landed: %s', async (group) => {
    const set = stage();
    set.ecs.deployed('checkout:41', { loadBalancers: pair });
    set.ecs.deployed('checkout:42', { loadBalancers: pair });
    const document = await goingBack(set);
    expect(document.plan.watch.targetGroups).toMatchObject([{ arn: 'green' }]);
    set.ecs.succeed();
    const { revision } = set.ecs.newest;
    set.ecs.known.set(revision, { ...set.ecs.known.get(revision)!, targetGroups: [group] });
    expect(await set.mechanism.settled(document)).toMatchObject({
      targetGroups: [{ arn: group, wanted: 4 }],
    });
    set.ecs.known.delete(revision);
    expect(await set.mechanism.settled(document)).toMatchObject({ targetGroups: [{ arn: 'green' }] });
  });
});

describe('the rollback of ECS', () => {
  it('is pending with the counts of tasks', async () => {
    const { ecs, mechanism, document, good, bad } = await native();
    ecs.runs(good, 3);
    ecs.runs(bad, 1);
    expect(await mechanism.settled(document)).toEqual({
      state: 'pending',
      summary: '3 of 4 tasks run checkout:41; 1 run another revision',
      awaits: 'ecs:prod/checkout',
    });
  });

  it('quotes complaints of ECS since it began, and no older ones', async () => {
    const { ecs, mechanism, document, good } = await native();
    ecs.runs(good, 0);
    const said = (at: string) => {
      ecs.service_ = {
        ...ecs.service_!,
        messages: [{ at, text: '(service checkout) was unable to place a task.' }],
      };
      return mechanism.settled(document);
    };
    const { at } = document.reverted;
    expect(await said(at)).toMatchObject({
      state: 'pending',
      summary: expect.stringMatching(
        /^0 of 4 tasks .*\. ECS says: \(service checkout\) was unable to place/,
      ) as unknown,
    });
    expect(await said(new Date(Date.parse(at) - 1000).toISOString())).toMatchObject({
      summary: expect.not.stringContaining('ECS says') as unknown,
    });
    ecs.endRollback();
    expect(await said(at)).toMatchObject({
      state: 'settled',
      summary: expect.not.stringContaining('ECS says') as unknown,
    });
  });

  it('has settled when it has ended and only the right revision runs', async () => {
    const { ecs, mechanism, document } = await native();
    ecs.endRollback();
    expect(await mechanism.settled(document)).toEqual({
      state: 'settled',
      summary: '4 of 4 tasks run checkout:41, and no others',
      targetGroups: [],
    });
  });

  it('is reported as native if no stop requested it', async () => {
    const set = stage();
    set.ecs.deployed('checkout:41');
    set.ecs.deploy('checkout:42');
    set.ecs.trip();
    const document = await goingBack(set);
    expect(await set.mechanism.settled(document)).toMatchObject({ state: 'pending' });
    set.ecs.endRollback();
    expect(await set.mechanism.settled(document)).toMatchObject({ state: 'settled', byItself: true });
  });

  it.each([3, 7])(
    'has settled with as many targets to be healthy as autoscaling wants by now: %i',
    async (desired) => {
      const { ecs, mechanism, document } = await native();
      const watch = { ...document.plan.watch, targetGroups: [{ arn: 'checkout-blue', wanted: 4 }] };
      ecs.service_!.desired = desired;
      ecs.endRollback();
      expect(await mechanism.settled({ ...document, plan: { ...document.plan, watch } })).toMatchObject({
        state: 'settled',
        targetGroups: [{ arn: 'checkout-blue', wanted: desired }],
      });
    },
  );

  it('has not settled while tasks of the bad revision still run', async () => {
    const { ecs, mechanism, document, bad } = await native();
    ecs.endRollback();
    ecs.runs(bad, 1);
    expect(await mechanism.settled(document)).toMatchObject({ state: 'pending' });
  });

  it('has not settled while fewer tasks run than autoscaling wants by now', async () => {
    const { ecs, mechanism, document } = await native();
    ecs.endRollback();
    ecs.service_!.desired = 7;
    expect(await mechanism.settled(document)).toMatchObject({
      state: 'pending',
      summary: expect.stringContaining('4 of 7') as string,
    });
  });

  it('has failed when it goes to another revision, though its task definition may look right', async () => {
    const { ecs, mechanism, document } = await native();
    ecs.newest.rollbackRevision = 'arn:another';
    expect(await mechanism.settled(document)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('arn:another') as string,
    });
  });

  it.each(['ROLLBACK_FAILED', 'STOPPED', 'SUCCESSFUL'] as const)(
    'has failed when it ended as %s',
    async (status) => {
      const { ecs, mechanism, document } = await native();
      Object.assign(ecs.newest, { status, reason: 'because' });
      expect(await mechanism.settled(document)).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining(`${status}: because`) as string,
      });
    },
  );
});

describe('a deployment by Lastgood', () => {
  it('has settled by the tasks of its own revision', async () => {
    const { ecs, mechanism, document } = await redeployed();
    expect(await mechanism.settled(document)).toMatchObject({ state: 'pending' });
    ecs.succeed();
    expect(await mechanism.settled(document)).toMatchObject({ state: 'settled' });
  });

  it('is not settled by tasks of an older revision with the same task definition', async () => {
    const { ecs, mechanism, document } = await redeployed();
    ecs.succeed();
    ecs.runs(ecs.newest.revision, 0);
    ecs.runs(ecs.lines[2]!.revision, 4);
    expect(await mechanism.settled(document)).toMatchObject({ state: 'pending' });
  });

  it('has failed when the circuit breaker takes it back', async () => {
    const { ecs, mechanism, document } = await redeployed();
    ecs.rollBack();
    expect(await mechanism.settled(document)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('ROLLBACK_IN_PROGRESS') as string,
    });
  });

  it('is not overtaken by an older one, while ECS does not list it yet', async () => {
    const set = stage();
    set.ecs.deployed('checkout:41');
    set.ecs.deploy('checkout:42');
    const document = await goingBack(set);
    const between = set.ecs.deploy('checkout:41');
    const deployment = set.ecs.deploy('checkout:41');
    set.ecs.lag = 1;
    expect((await set.ecs.deployments(null))[0]).toMatchObject({ arn: between });
    expect(
      await set.mechanism.settled({ ...document, reverted: { ...document.reverted, deployment } }),
    ).toMatchObject({ state: 'pending' });
  });

  it('follows a newer one of the same content, as of an operator who goes back at the same time', async () => {
    const { ecs, mechanism, document } = await redeployed();
    ecs.deploy('checkout:41');
    const says = expect.stringContaining('took over at ') as string;
    expect(await mechanism.settled(document)).toMatchObject({ state: 'pending', summary: says });
    ecs.succeed();
    expect(await mechanism.settled(document)).toMatchObject({
      state: 'settled',
      summary: expect.stringMatching(/, of checkout:41 as well; \d of \d tasks run checkout:41/) as string,
    });
  });

  it('has failed when the newer one of the same content fails', async () => {
    const { ecs, mechanism, document } = await redeployed();
    ecs.deploy('checkout:41');
    ecs.rollBack();
    expect(await mechanism.settled(document)).toMatchObject({ state: 'failed' });
  });

  it('is overtaken by a newer one, which is named', async () => {
    const { ecs, mechanism, document } = await redeployed();
    const fix = ecs.deploy('checkout:43');
    expect(await mechanism.settled(document)).toMatchObject({ state: 'overtaken', by: fix });
  });
});

describe('a poll lists deployments', () => {
  /** Lets the service show its newest deployment, as ECS does, and counts the lists. */
  function shown(set: Awaited<ReturnType<typeof redeployed>>) {
    const { ecs } = set;
    const lead = { state: 'IN_PROGRESS' as const, createdAt: ecs.now() };
    const counts = { desired: 4, pending: 0, running: 0, failedTasks: 0 };
    const show = (current = ecs.newest) => {
      const id = `ecs-svc/${current.revision.split('/').at(-1)!}`;
      ecs.service_ = {
        ...ecs.service_!,
        currentDeployment: current.arn,
        rollouts: [{ ...lead, ...counts, id, isPrimary: true }],
      };
    };
    let lists = 0;
    const deployments = ecs.deployments.bind(ecs);
    ecs.deployments = (...asked) => {
      lists += 1;
      return deployments(...asked);
    };
    show();
    return { ...set, show, lists: () => lists };
  }

  it('not while the service shows only the followed one', async () => {
    const { mechanism, document, lists } = shown(await redeployed());
    expect(await mechanism.settled(document)).toMatchObject({ state: 'pending' });
    expect(lists()).toBe(0);
  });

  it('if another one is current or PRIMARY, and yields to a newer one', async () => {
    const { ecs, mechanism, document, lists, show } = shown(await redeployed());
    const fix = ecs.deploy('checkout:43');
    const [newer, ours] = ecs.lines;
    show(newer);
    ecs.service_!.currentDeployment = ours!.arn;
    expect(await mechanism.settled(document)).toMatchObject({ state: 'overtaken', by: fix });
    show(ours);
    ecs.service_!.currentDeployment = fix;
    expect(await mechanism.settled(document)).toMatchObject({ state: 'overtaken', by: fix });
    expect(lists()).toBe(2);
  });

  it('not for the revision that ECS itself brings back', async () => {
    const set = shown(await native());
    set.ecs.rollBack();
    set.show({ ...set.ecs.newest, revision: set.ecs.newest.rollbackRevision! });
    expect(await set.mechanism.settled(set.document)).toMatchObject({ state: 'pending' });
    expect(set.lists()).toBe(0);
  });
});

it('is not settled by a deployment of another content, which Revert took for its own', async () => {
  const { ecs, mechanism, document } = await redeployed();
  const other = ecs.deploy('checkout:43');
  ecs.succeed();
  const reverted = { ...document.reverted, deployment: other };
  expect(await mechanism.settled({ ...document, reverted })).toMatchObject({
    state: 'overtaken',
    by: other,
    reason: expect.stringContaining('another revision than checkout:41') as string,
  });
});

describe('a service that is deleted during the rollback', () => {
  it.each(['DRAINING', 'INACTIVE'])('has failed as %s', async (status) => {
    const { ecs, mechanism, document } = await native();
    ecs.service_!.status = status;
    expect(await mechanism.settled(document)).toEqual({
      state: 'failed',
      reason: `the service is ${status}`,
      isGone: true,
    });
  });

  it('has failed when it is no longer there', async () => {
    const { ecs, mechanism, document } = await native();
    ecs.service_ = null;
    expect(await mechanism.settled(document)).toMatchObject({ state: 'failed', isGone: true });
  });
});
