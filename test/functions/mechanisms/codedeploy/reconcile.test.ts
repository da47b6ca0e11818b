import { describe, expect, it } from 'vitest';
import { deployed } from '../../../../functions/mechanisms/codedeploy/deployed.ts';
import { recentDeployments } from '../../../../functions/mechanisms/codedeploy/recent-deployments.ts';
import {
  CodeDeployWorld,
  idOf,
  succeedsWithOneFailed,
} from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';
import { stage, TARGET } from './stage.ts';

const TAGS = { lastgood: 'auto' };
const OPTED_IN = [
  { arn: 'arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:shop/fleet', tags: TAGS },
];
const optedIn = () => Promise.resolve(OPTED_IN);

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
    const { codedeploy, ids } = await settled('v1');
    expect(await deployed(codedeploy, optedIn, observation(ids[0]!))).toEqual({
      revision: { id: idOf('v1'), name: 'v1.zip' },
      runs: 'alone',
      tags: TAGS,
      alarms: [],
    });
  });

  it('is gone if another revision succeeded since, but not if the same did', async () => {
    const { codedeploy, ids } = await settled('v1', 'v2', 'v2');
    expect(await deployed(codedeploy, optedIn, observation(ids[0]!))).toMatchObject({ runs: 'gone' });
    expect(await deployed(codedeploy, optedIn, observation(ids[1]!))).toMatchObject({ runs: 'alone' });
  });

  it('is unclear while another is in flight', async () => {
    const { codedeploy, ids, world } = await settled('v1');
    world.deploy('v2');
    await world.pass(20);
    expect(await deployed(codedeploy, optedIn, observation(ids[0]!))).toMatchObject({ runs: 'unclear' });
  });

  it('is unclear if CodeDeploy reports success but an instance failed, until another has replaced it', async () => {
    const { codedeploy, ids, world } = await settled('v1');
    const half = await succeedsWithOneFailed(world, 'v2');
    expect(await deployed(codedeploy, optedIn, observation(half))).toMatchObject({ runs: 'unclear' });
    expect(await deployed(codedeploy, optedIn, observation(ids[0]!))).toMatchObject({ runs: 'unclear' });
    world.deploy('v2');
    await world.ended();
    expect(await deployed(codedeploy, optedIn, observation(half))).toMatchObject({ runs: 'alone' });
    world.deploy('v3');
    await world.ended();
    expect(await deployed(codedeploy, optedIn, observation(half))).toMatchObject({ runs: 'gone' });
  });

  it('is null if it did not succeed, or is unknown', async () => {
    const { codedeploy, world } = await settled('v1');
    const id = world.deploy('v2', { validateService: 'fails' });
    await world.ended();
    expect(await deployed(codedeploy, optedIn, observation(id))).toBeNull();
    expect(await deployed(codedeploy, optedIn, observation('d-UNKNOWN'))).toBeNull();
  });
});

describe('recent deployments', () => {
  const look = ({ codedeploy, world }: ReturnType<typeof stage>) =>
    recentDeployments(codedeploy, OPTED_IN, world.world.clock.iso());

  it('completed', async () => {
    const all = await settled('v1');
    expect(await look(all)).toMatchObject([{ target: TARGET, deployment: all.ids[0], state: 'completed' }]);
    await all.world.pass(3700);
    expect(await look(all)).toEqual([]);
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
