import { describe, expect, it } from 'vitest';
import type { Started } from '../../../../src/rollback/document.ts';
import { planned, reverted, started, stopped } from '../../../contract/walk.ts';
import { CodeDeployWorld, idOf } from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';
import { stage, TARGET } from './stage.ts';

const WATCHES = {
  alarmConfiguration: { enabled: true, ignorePollAlarmFailure: true, alarms: [{ name: 'errors' }] },
};
const ROLLS_BACK = { autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_ALARM'] } };

/** `v1`, or `v0` and `v1`, succeeded; `v2` is in flight. */
async function over(settings: object, ...good: readonly string[]) {
  const world = new CodeDeployWorld(settings);
  for (const name of good) {
    world.deploy(name);
    await world.ended();
  }
  const bad = world.deploy('v2');
  await world.pass(20);
  const isStopped = () => world.show(bad).status === 'Stopped';
  const byAlarm = async () => {
    world.alarm('errors');
    await world.world.clock.run(isStopped, world.world.clock.now() + 60_000);
    expect(world.show(bad).errorInformation?.code).toBe('ALARM_ACTIVE');
  };
  return { ...stage(world), bad, byAlarm };
}

const written = (calls: readonly string[]) =>
  calls.filter((call) => call === 'StopDeployment' || call === 'CreateDeployment');

describe("CodeDeploy's own rollback, begun by the alarm between Plan and Stop", () => {
  it('is joined before it exists, without a write, and reported as native', async () => {
    const { mechanism, world, calls, bad, byAlarm } = await over({ ...WATCHES, ...ROLLS_BACK }, 'v1');
    const document = await planned(mechanism, TARGET);
    expect(document.plan.state).toBe('ready');
    await byAlarm();
    const after = await stopped(mechanism, document);
    expect(after.stopped).toMatchObject({ state: 'reverting', deployment: bad });
    const under = await started(mechanism, after);
    expect(under.reverted).toMatchObject({ state: 'joined', rung: 0, deployment: bad });
    expect(await mechanism.settled(under)).toMatchObject({ state: 'pending' });
    await world.ended();
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled', byItself: true });
    expect(written(calls)).toEqual([]);
  });

  it('is joined if the stop came a moment too late', async () => {
    const { mechanism, codedeploy, bad, byAlarm } = await over({ ...WATCHES, ...ROLLS_BACK }, 'v1');
    const document = await planned(mechanism, TARGET);
    const stop = codedeploy.stop.bind(codedeploy);
    codedeploy.stop = async (...asked) => {
      await byAlarm();
      return stop(...asked);
    };
    const after = await stopped(mechanism, document);
    expect(after.stopped).toMatchObject({ state: 'reverting', deployment: bad });
    expect(await mechanism.revert(after)).toMatchObject({ state: 'joined' });
  });

  it('is not reported as native if Lastgood requested it', async () => {
    const { mechanism, world } = await over({ ...WATCHES, ...ROLLS_BACK }, 'v1');
    const under = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    await world.ended();
    const look = await mechanism.settled(under);
    expect(look).toMatchObject({ state: 'settled' });
    expect(look).not.toHaveProperty('byItself');
  });

  it('is stopped if it restores a condemned revision; the new deployment is due after its end', async () => {
    const { mechanism, world, ledger, calls, byAlarm } = await over(
      { ...WATCHES, ...ROLLS_BACK },
      'v0',
      'v1',
    );
    ledger.condemn(idOf('v1'));
    const document = await planned(mechanism, TARGET);
    expect(document.plan).toMatchObject({ to: { id: idOf('v0') }, rungs: [{ name: 'redeploy' }] });
    await byAlarm();
    const after = await stopped(mechanism, document);
    // Its rollback is about to begin: Stop cannot stop anything yet, and Revert cannot deploy.
    const waiting = await started(mechanism, after);
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'pending' });
    expect(written(calls)).toEqual([]);
    await world.pass(10);
    const rollback = world.newest();
    const stopping = { ...waiting, reverted: { ...waiting.reverted, deployment: rollback } };
    expect(await mechanism.settled(stopping)).toMatchObject({ state: 'pending' });
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'due' });
    const clearing = { ...waiting, ...(await reverted(mechanism, waiting)) };
    expect(clearing.reverted).toMatchObject({ state: 'started', deployment: rollback });
    expect(world.show(rollback).status).toBe('Stopped');
    expect(await mechanism.settled({ ...clearing, reverted: clearing.reverted as Started })).toMatchObject({
      state: 'due',
    });
    const under = await started(mechanism, clearing);
    expect(under.reverted.deployment).toBe(world.newest());
    await world.ended();
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled' });
    expect(written(calls)).toEqual(['StopDeployment', 'CreateDeployment']);
  });
});

describe('a rollout whose own rollback would restore a condemned revision', () => {
  it('is stopped without a rollback, and the new deployment follows at once', async () => {
    const onRequest = {
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] },
    };
    const { mechanism, world, ledger, bad, calls } = await over(onRequest, 'v0', 'v1');
    ledger.condemn(idOf('v1'));
    const after = await stopped(mechanism, await planned(mechanism, TARGET));
    expect(after.stopped).toMatchObject({ state: 'stopped', deployment: bad });
    const under = await started(mechanism, after);
    expect(under.reverted.deployment).toBe(world.newest());
    expect(written(calls)).toEqual(['StopDeployment', 'CreateDeployment']);
  });
});

describe('a deployment that the alarm stopped, without a rollback', () => {
  it('is replaced at once', async () => {
    const { mechanism, calls, byAlarm } = await over(WATCHES, 'v1');
    const document = await planned(mechanism, TARGET);
    await byAlarm();
    const after = await stopped(mechanism, document);
    expect(after.stopped).toEqual({ state: 'not-running' });
    const under = await started(mechanism, after);
    expect(under.reverted).toMatchObject({ state: 'started', rung: 1 });
    expect(written(calls)).toEqual(['CreateDeployment']);
  });
});

describe('a deployment that an operator stopped without a rollback', () => {
  it('delays the next deployment no longer than a rollback takes to begin', async () => {
    const { mechanism, world, bad } = await over({}, 'v1');
    const document = await planned(mechanism, TARGET);
    world.call('StopDeployment', { deploymentId: bad, autoRollbackEnabled: false });
    await world.pass(10);
    // It looks like a stop by Lastgood whose answer was lost.
    const under = await started(mechanism, await stopped(mechanism, document));
    expect(await mechanism.settled(under)).toMatchObject({ state: 'pending' });
    await world.pass(120);
    expect(await mechanism.settled(under)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('is not rolled back') as string,
    });
  });
});
