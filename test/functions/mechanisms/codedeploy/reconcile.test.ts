import { describe, expect, it, test } from 'vitest';
import { deployed as deployedOf } from '../../../../functions/mechanisms/codedeploy/deployed.ts';
import { read } from '../../../../functions/mechanisms/codedeploy/reconcile.ts';
import { readAhead } from '../../../../functions/mechanisms/codedeploy/sweep/ahead.ts';
import { createFailures } from '../../../../functions/mechanisms/codedeploy/sweep/failures.ts';
import { createBatchReads } from '../../../../functions/mechanisms/codedeploy/sweep/reads.ts';
import {
  CodeDeployWorld,
  idOf,
  succeedsWithOneFailed,
} from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';
import { toldBy } from '../../../contract/follow.ts';
import { clientOf, stage, TARGET } from './stage.ts';

type Stage = ReturnType<typeof stage>;

const TAGS = { lastgood: 'auto' };
const OPTED_IN = [
  { arn: 'arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:shop/fleet', tags: TAGS },
];

/** Reads in batches, as the sweep does. */
async function deployed({ codedeploy, world, calls }: Stage, observed: ReturnType<typeof observation>) {
  const reads = await readAhead({ ...codedeploy, batches: createBatchReads(clientOf(world, calls)) }, [
    observed,
  ]);
  return deployedOf(reads, OPTED_IN, observed);
}

function observation(deployment: string) {
  const at = '2026-11-22T02:10:00.000Z';
  return { target: TARGET, deployment, completedAt: at, soakUntil: at };
}

async function settled(...names: string[]) {
  const world = new CodeDeployWorld();
  const ids: string[] = [];
  for (const name of names) {
    ids.push(world.deploy(name));
    await world.ended();
  }
  return { ...stage(world), ids };
}

describe('the state of a deployment', () => {
  it('is alone if nothing was deployed since', async () => {
    const all = await settled('v1');
    const { ids } = all;
    expect(await deployed(all, observation(ids[0]!))).toEqual({
      revision: { id: idOf('v1'), name: 'v1.zip' },
      runs: 'alone',
      tags: TAGS,
      alarms: [],
    });
  });

  it('is gone if another revision succeeded since, but not if the same did', async () => {
    const all = await settled('v1', 'v2', 'v2');
    const { ids } = all;
    expect(await deployed(all, observation(ids[0]!))).toMatchObject({ runs: 'gone' });
    expect(await deployed(all, observation(ids[1]!))).toMatchObject({ runs: 'alone' });
  });

  it('is unclear while another is in flight', async () => {
    const all = await settled('v1');
    const { ids, world } = all;
    world.deploy('v2');
    await world.pass(20);
    expect(await deployed(all, observation(ids[0]!))).toMatchObject({ runs: 'unclear' });
  });

  it('is unclear if CodeDeploy reports success but an instance failed, until another has replaced it', async () => {
    const all = await settled('v1');
    const { ids, world } = all;
    const half = await succeedsWithOneFailed(world, 'v2');
    expect(await deployed(all, observation(half))).toMatchObject({ runs: 'unclear' });
    expect(await deployed(all, observation(ids[0]!))).toMatchObject({ runs: 'unclear' });
    world.deploy('v2');
    await world.ended();
    expect(await deployed(all, observation(half))).toMatchObject({ runs: 'alone' });
    world.deploy('v3');
    await world.ended();
    expect(await deployed(all, observation(half))).toMatchObject({ runs: 'gone' });
  });

  it('is null if it did not succeed, or is unknown', async () => {
    const all = await settled('v1');
    const { world } = all;
    const id = world.deploy('v2', { validateService: 'fails' });
    await world.ended();
    expect(await deployed(all, observation(id))).toBeNull();
    expect(await deployed(all, observation('d-UNKNOWN'))).toBeNull();
  });
});

describe('recent deployments', () => {
  const look = async ({ world, calls }: Stage) => {
    const batches = createBatchReads(clientOf(world, calls));
    const now = world.world.clock.iso();
    const context = { now, optedIn: () => Promise.resolve(OPTED_IN), entriesOf: () => Promise.resolve([]) };
    const seen = await read([{ batch: 'shop', name: 'fleet' }], batches, createFailures(batches), context);
    const sight = { at: now, before: null, isNew: true, entries: () => Promise.resolve([]) };
    return (await Promise.all(seen.map((one) => one.observed(sight)))).flat();
  };

  it('completed', async () => {
    const all = await settled('v1');
    expect(await look(all)).toMatchObject([{ target: TARGET, deployment: all.ids[0], state: 'completed' }]);
    await all.world.pass(3700);
    expect(await look(all)).toEqual([]);
  });

  it('begun, by the id of its event, until it ends', async () => {
    const all = await settled('v1');
    const { events } = all.world;
    events.length = 0;
    all.world.deploy('v2');
    await all.world.pass(20);
    const found = await look(all);
    const begun = found.filter(({ state }) => state === 'started');
    const told = toldBy(events, all.world.world.clock.iso());
    expect(begun).toHaveLength(1);
    expect(told).toMatchObject(begun.map(({ target, deployment, state }) => ({ target, deployment, state })));
    await all.world.ended();
    expect((await look(all)).map(({ state }) => state)).toEqual(['completed']);
  });

  it('failed, for a few minutes', async () => {
    const all = await settled('v1');
    const failed = all.world.deploy('v2', { validateService: 'fails' });
    await all.world.ended();
    expect(await look(all)).toMatchObject([
      { deployment: all.ids[0], state: 'completed' },
      {
        deployment: failed,
        state: 'failed',
        reason: expect.stringContaining('HEALTH_CONSTRAINTS') as string,
      },
    ]);
    await all.world.pass(700);
    expect(await look(all)).toHaveLength(1);
  });

  it('stopped counts as failed if an alarm did it, but not if an operator did', async () => {
    const alarmed = stage(
      new CodeDeployWorld({ alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] } }),
    );
    alarmed.world.alarm('errors');
    alarmed.world.deploy('v1');
    await alarmed.world.ended();
    expect(await look(alarmed)).toMatchObject([{ state: 'failed' }]);

    const byHand = stage(new CodeDeployWorld());
    const deploymentId = byHand.world.deploy('v1');
    await byHand.world.pass(20);
    byHand.world.call('StopDeployment', { deploymentId });
    await byHand.world.ended();
    expect(await look(byHand)).toEqual([]);
  });
});

test('deployments after which nothing was attempted need no list', async () => {
  const all = await settled('v1');
  all.calls.length = 0;
  expect(await deployed(all, observation(all.ids[0]!))).toMatchObject({ runs: 'alone' });
  expect(all.calls.toSorted()).toEqual(['BatchGetDeploymentGroups', 'BatchGetDeployments']);
});
