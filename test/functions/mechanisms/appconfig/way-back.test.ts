import { describe, expect, it } from 'vitest';
import { ALARM, BAD, GOOD } from '@lastgood/embedded-aws/test/world/appconfig-world.ts';
import { createMechanism } from '../../../../functions/mechanisms/appconfig/mechanism.ts';
import { planned, started, stopped } from '../../../contract/walk.ts';
import { stage, type Stage } from './stage.ts';

async function opened(): Promise<Stage> {
  const set = stage();
  await set.world.pass(3600);
  return set;
}

const document = (set: Stage, revision?: string) =>
  planned(set.mechanism, set.target, revision === undefined ? {} : { revision });

describe('a stop', () => {
  it('reverts a deployment that completes in the same moment', async () => {
    const set = await opened();
    const number = set.world.release(BAD, set.world.strategy(1, 0));
    const plan = await document(set);
    const appconfig = {
      ...set.appconfig,
      details: async (...args: Parameters<typeof set.appconfig.details>) => {
        const before = await set.appconfig.details(...args);
        await set.world.pass(120);
        return before;
      },
    };
    const racing = createMechanism({ ...set.clients, appconfig });
    expect(await racing.stop(plan)).toMatchObject({ state: 'reverting' });
    expect(set.world.deployment(number).State).toBe('REVERTED');
  });

  it('leaves a completed deployment to Revert', async () => {
    const set = await opened();
    set.world.release(BAD);
    expect(await set.mechanism.stop(await document(set))).toEqual({ state: 'not-running' });
    expect(set.writes()).toBe(0);
  });
});

describe('a revert', () => {
  it('takes back a deployment that completed since the plan', async () => {
    const set = await opened();
    const number = set.world.release(BAD, set.world.strategy(0, 1));
    const plan = await document(set);
    await set.world.pass(120);
    const after = await stopped(set.mechanism, plan);
    expect(after.stopped).toEqual({ state: 'not-running' });
    expect(await set.mechanism.revert(after)).toEqual({ state: 'joined', deployment: String(number) });
    expect(set.world.deployment(number).State).toBe('REVERTED');
  });

  it('is not made twice where the list shows the first one late', async () => {
    const set = await opened();
    const number = set.world.release(BAD);
    const plan = await stopped(set.mechanism, await document(set));
    const before = await set.appconfig.deployments({
      application: set.world.app,
      environment: set.world.env,
      profile: '',
    });
    set.world.stop(number);
    const late = {
      ...set.clients,
      appconfig: { ...set.appconfig, deployments: () => Promise.resolve(before) },
    };
    const mechanism = createMechanism(late);
    const way = await mechanism.revert(plan);
    expect(way).toEqual({ state: 'started', deployment: '2' });
    const at = set.world.clock.iso();
    const reverted = { state: 'started', deployment: '2', rung: 0, at, settleBy: at, left: [] } as const;
    expect(await mechanism.settled({ ...plan, reverted })).toMatchObject({ state: 'pending' });
    await set.world.pass(61);
    expect(await mechanism.settled({ ...plan, reverted })).toMatchObject({ state: 'failed' });
  });

  it('fails where the environment is gone, and so does Settle', async () => {
    const set = await opened();
    set.world.release(BAD);
    const plan = await stopped(set.mechanism, await document(set));
    const appconfig = { ...set.appconfig, deployments: () => Promise.resolve(null) };
    const gone = createMechanism({ ...set.clients, appconfig });
    expect(await gone.revert(plan)).toEqual({
      state: 'failed',
      reason: 'the environment, or the deployment at fault, is gone',
    });
    const at = set.world.clock.iso();
    const reverted = { state: 'started', deployment: '2', rung: 0, at, settleBy: at, left: [] } as const;
    expect(await gone.settled({ ...plan, reverted })).toEqual({
      state: 'failed',
      reason: 'the environment is gone',
      isGone: true,
    });
  });

  it('has failed where AppConfig went back to another version than the wanted one', async () => {
    const set = await opened();
    set.world.release(BAD);
    const plan = await started(set.mechanism, await stopped(set.mechanism, await document(set)));
    const to = { ...plan.plan.to, id: '9', name: 'flags:9' };
    expect(await set.mechanism.settled({ ...plan, plan: { ...plan.plan, to } })).toEqual({
      state: 'failed',
      reason: 'AppConfig went back to flags:1, not to flags:9',
    });
  });

  it('that AppConfig refuses fails with its words', async () => {
    const set = await opened();
    set.world.release(BAD);
    const plan = await stopped(set.mechanism, await document(set));
    await set.world.pass(73 * 3600);
    expect(await set.mechanism.revert(plan)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^BadRequestException: .*72 hours/) as string,
    });
  });
});

describe('a new deployment', () => {
  /** Asks for version 1 where version 3 runs over version 2. */
  const asked = async (set: Stage) => {
    set.world.release(GOOD);
    set.world.release(BAD);
    return stopped(set.mechanism, await document(set, '1'));
  };

  it('is refused while a monitor is red, and the monitors stay', async () => {
    const set = await opened();
    const plan = await asked(set);
    set.world.monitor(ALARM);
    set.world.alarms.set('prod-errors', 'ALARM');
    expect(await set.mechanism.revert(plan)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('prod-errors is in ALARM') as string,
    });
    expect(set.writes()).toBe(0);
    expect(set.world.call('GetEnvironment', set.world.ids).Monitors).toEqual([{ AlarmArn: ALARM }]);
  });

  it('is not needed where the version runs again since the plan', async () => {
    const set = await opened();
    set.world.release(GOOD);
    const number = set.world.release(BAD);
    const plan = await stopped(set.mechanism, await document(set, '1'));
    set.world.stop(number);
    const runs = { ...plan, plan: { ...plan.plan, to: { ...plan.plan.to, id: '2' } } };
    expect(await set.mechanism.revert(runs)).toEqual({ state: 'joined', deployment: String(number) });
    expect(set.writes()).toBe(0);
  });

  it('leaves the deployment of another profile in flight alone', async () => {
    const set = await opened();
    const plan = await asked(set);
    const ConfigurationProfileId = set.world.addProfile('limits');
    set.world.publish(GOOD, ConfigurationProfileId);
    set.world.deploy(1, set.world.strategy(10, 0), { ConfigurationProfileId });
    expect(await set.mechanism.revert(plan)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('deployment 4 of limits:1 is in flight') as string,
    });
    expect(set.writes()).toBe(0);
  });

  it('leaves the version to which an operator went back since the plan', async () => {
    const set = await opened();
    const plan = await asked(set);
    set.world.stop(3);
    expect(await set.mechanism.revert(plan)).toEqual({
      state: 'failed',
      reason: 'deployment 3 was taken back after the plan was made: flags:2 runs',
    });
    expect(set.writes()).toBe(0);
  });

  it('is made over a deployment that had gone back before the plan', async () => {
    const set = await opened();
    set.world.release(GOOD);
    set.world.release(BAD);
    set.world.stop(3);
    const plan = await stopped(set.mechanism, await document(set, '1'));
    expect(await set.mechanism.revert(plan)).toEqual({ state: 'started', deployment: '4' });
  });

  it('locks on the latest deployment: one that came in between is found by the retry', async () => {
    const set = await opened();
    const plan = await asked(set);
    const appconfig = {
      ...set.appconfig,
      start: (...args: Parameters<typeof set.appconfig.start>) => {
        set.world.release(GOOD);
        return set.appconfig.start(...args);
      },
    };
    const racing = createMechanism({ ...set.clients, appconfig });
    await expect(racing.revert(plan)).rejects.toMatchObject({ name: 'Unavailable' });
    expect(await racing.revert(plan)).toMatchObject({
      state: 'failed',
      reason: 'a newer deployment took over: 4',
    });
    expect(set.writes()).toBe(0);
  });

  it('has not settled while it bakes, and has failed once a monitor undoes it', async () => {
    const set = await opened();
    set.world.monitor(ALARM);
    set.world.alarms.set('prod-errors', 'OK');
    const plan = await started(set.mechanism, await asked(set));
    await set.world.pass(300);
    expect(await set.mechanism.settled(plan)).toMatchObject({ state: 'pending', awaits: set.target });
    set.world.alarms.set('prod-errors', 'ALARM');
    await set.world.pass(60);
    expect(await set.mechanism.settled(plan)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining(`AppConfig undid deployment 4 of flags:1`) as string,
    });
  });

  it('that a person takes back is overtaken', async () => {
    const set = await opened();
    const plan = await started(set.mechanism, await asked(set));
    set.world.stop(4);
    await set.world.pass(15);
    expect(await set.mechanism.settled(plan)).toMatchObject({ state: 'overtaken', by: '4' });
  });

  it('waits until the deployment at fault has freed the environment', async () => {
    const set = await opened();
    set.world.release(GOOD);
    set.world.release(BAD, set.world.strategy(10, 0));
    const plan = await started(set.mechanism, await stopped(set.mechanism, await document(set, '1')));
    expect(await set.mechanism.settled(plan)).toMatchObject({ state: 'pending' });
    await set.world.pass(15);
    expect(await set.mechanism.settled(plan)).toMatchObject({ state: 'due' });
    expect(await set.mechanism.revert(plan)).toEqual({ state: 'started', deployment: '4' });
  });
});

describe('clients', () => {
  it('poll before a way back has settled', async () => {
    const set = await opened();
    set.world.release(BAD);
    const plan = await started(set.mechanism, await stopped(set.mechanism, await document(set)));
    await set.world.pass(119);
    expect(await set.mechanism.settled(plan)).toMatchObject({ state: 'pending' });
    await set.world.pass(1);
    expect(await set.mechanism.settled(plan)).toMatchObject({ state: 'settled' });
  });

  it("have AppConfig's own rollback natively", async () => {
    const set = await opened();
    set.world.monitor(ALARM);
    set.world.alarms.set('prod-errors', 'OK');
    set.world.release(BAD, set.world.strategy(10, 0));
    set.world.alarms.set('prod-errors', 'ALARM');
    await set.world.pass(16);
    const plan = await started(set.mechanism, await stopped(set.mechanism, await document(set)));
    await set.world.pass(200);
    expect(await set.mechanism.settled(plan)).toMatchObject({ state: 'settled', byItself: true });
    expect(set.writes()).toBe(0);
  });
});
