import { describe, expect, it } from 'vitest';
import { ALARM, BAD, GOOD } from '@lastgood/embedded-aws/test/world/appconfig-world.ts';
import { byAlarm } from '../../../contract/course.ts';
import { wanted, withWay } from '../../../contract/walk.ts';
import { stage, type Stage } from './stage.ts';

const HOUR = 3600;

/** Opens with a good version that a bad one replaced an hour later. */
async function opened(): Promise<Stage & { readonly number: number }> {
  const set = stage();
  await set.world.pass(HOUR);
  const number = set.world.release(BAD);
  return { ...set, number };
}

const rungsIn = (plan: Awaited<ReturnType<Stage['mechanism']['plan']>>) =>
  withWay(plan).rungs.map(({ name }) => name);

describe('the ways back', () => {
  it('are a revert within 72 hours, and a new deployment after it', async () => {
    const { world, mechanism, target } = await opened();
    await world.pass(72 * HOUR - 1);
    expect(rungsIn(await mechanism.plan(wanted(target)))).toEqual(['revert', 'redeploy']);
    await world.pass(2);
    expect(rungsIn(await mechanism.plan(wanted(target)))).toEqual(['redeploy']);
  });

  it('are a stop while it grows or bakes', async () => {
    const set = stage();
    await set.world.pass(HOUR);
    set.world.release(BAD, set.world.strategy(10, 10));
    expect(rungsIn(await set.mechanism.plan(wanted(set.target)))).toEqual(['stop-deployment', 'redeploy']);
    await set.world.pass(11 * 60);
    expect(rungsIn(await set.mechanism.plan(wanted(set.target)))).toEqual(['stop-deployment', 'redeploy']);
  });

  it('are a new deployment alone where the version before is not the wanted one', async () => {
    const { world, mechanism, target } = await opened();
    world.release(GOOD);
    const plan = await mechanism.plan(wanted(target, { revision: '1' }));
    expect(rungsIn(plan)).toEqual(['redeploy']);
  });

  it.each(['ALARM', 'INSUFFICIENT_DATA'] as const)(
    'have no new deployment while a monitor is in %s, and the monitors are watched',
    async (red) => {
      const { world, mechanism, target } = await opened();
      world.monitor(ALARM);
      world.alarms.set('prod-errors', red);
      const plan = withWay(await mechanism.plan(wanted(target)));
      expect(plan.rungs.map(({ name }) => name)).toEqual(['revert']);
      expect(plan.notes?.join()).toContain(`a monitor of the environment is red: prod-errors is in ${red}`);
      expect(plan.watch.alarms).toEqual(['prod-errors']);
      expect(plan).not.toHaveProperty('undoneBy');
    },
  );

  it('are none where only a red monitor would let a new deployment stand', async () => {
    const { world, mechanism, target } = await opened();
    world.monitor(ALARM);
    world.alarms.set('prod-errors', 'ALARM');
    await world.pass(73 * HOUR);
    expect(await mechanism.plan(wanted(target))).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('AppConfig would undo a new deployment at once') as string,
    });
  });

  it('name the monitors that could undo a new deployment', async () => {
    const { world, mechanism, target } = await opened();
    world.monitor(ALARM);
    world.alarms.set('prod-errors', 'OK');
    await world.pass(73 * HOUR);
    expect(await mechanism.plan(wanted(target))).toMatchObject({ undoneBy: ['prod-errors'] });
  });

  it('are a revert although the monitors cannot be read', async () => {
    const { clients, target } = await opened();
    const { createMechanism } = await import('../../../../functions/mechanisms/appconfig/mechanism.ts');
    const alarmStates = () => Promise.reject(new Error('down'));
    const mechanism = createMechanism({ ...clients, alarmStates });
    expect(rungsIn(await mechanism.plan(wanted(target)))).toEqual(['revert']);
  });

  it('have no new deployment of a version that was deleted', async () => {
    const { world, mechanism, target } = await opened();
    const ids = { ApplicationId: world.app, ConfigurationProfileId: world.profile };
    world.call('DeleteHostedConfigurationVersion', { ...ids, VersionNumber: 1 });
    const plan = withWay(await mechanism.plan(wanted(target)));
    expect(plan.rungs.map(({ name }) => name)).toEqual(['revert']);
    expect(plan.notes?.join()).toContain('it was deleted from the hosted store');
  });
});

describe('the last known good', () => {
  it('is neither condemned nor newer than the suspect', async () => {
    const { mechanism, ledger, target } = await opened();
    ledger.condemn('1');
    expect(await mechanism.plan(wanted(target))).toMatchObject({ state: 'no-way-back' });
  });

  it('is the newest proven version, and not the one before', async () => {
    const { world, mechanism, ledger, target } = await opened();
    ledger.prove('1', world.clock.iso());
    world.release(BAD);
    expect(withWay(await mechanism.plan(wanted(target)))).toMatchObject({
      source: 'ledger',
      to: { id: '1' },
    });
  });

  it("is where AppConfig's own rollback goes, unless that is condemned", async () => {
    const set = stage();
    const { world, mechanism, ledger, target } = set;
    ledger.prove('1', world.clock.iso());
    await world.pass(HOUR);
    world.release(GOOD);
    await world.pass(60);
    world.stop(world.release(BAD, world.strategy(10, 0)));
    expect(await mechanism.plan(wanted(target))).toMatchObject({ state: 'join', to: { id: '2' } });
    ledger.condemn('2');
    expect(await mechanism.plan(wanted(target))).toMatchObject({ state: 'ready', to: { id: '1' } });
  });

  it('is no version that an experiment deployed, and an experiment is left alone', async () => {
    const { world, mechanism, target } = await opened();
    world.appconfig.startManaged({
      ...{ ...world.ids, ConfigurationProfileId: world.profile, DeploymentStrategyId: world.atOnce },
      ConfigurationVersion: String(world.publish(GOOD)),
    });
    expect(await mechanism.plan(wanted(target))).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('an experiment of AppConfig made deployment 3') as string,
    });
  });
});

describe('nothing is to do', () => {
  it('after AppConfig has rolled the deployment back', async () => {
    const set = stage();
    const { world, mechanism, target } = set;
    await world.pass(HOUR);
    world.monitor(ALARM);
    world.alarms.set('prod-errors', 'OK');
    world.release(BAD, world.strategy(10, 0));
    await world.pass(60);
    const hurtAt = world.clock.iso();
    world.alarms.set('prod-errors', 'ALARM');
    await world.pass(60);
    const plan = await mechanism.plan(wanted(target, byAlarm(hurtAt, world.clock.iso())));
    expect(plan).toMatchObject({
      state: 'nothing-to-do',
      reason: 'the deployment of flags:2 failed, and only flags:1 runs',
    });
  });

  it('after a person has stopped the deployment, which did not fail', async () => {
    const { world, mechanism, target } = stage();
    await world.pass(HOUR);
    const number = world.release(BAD, world.strategy(10, 0));
    await world.pass(60);
    const hurtAt = world.clock.iso();
    world.stop(number);
    await world.pass(60);
    const plan = await mechanism.plan(wanted(target, byAlarm(hurtAt, world.clock.iso())));
    expect(plan).toMatchObject({
      state: 'nothing-to-do',
      reason: 'the deployment of flags:2 was stopped, and only flags:1 runs',
    });
  });
});

describe('an owner', () => {
  const reasonFor = async (tag: (set: Stage) => string) => {
    const set = await opened();
    const { world, mechanism, target } = set;
    world.call('TagResource', { ResourceArn: world.environmentArn, Tags: { 'lastgood:target': tag(set) } });
    const plan = await mechanism.plan(wanted(target));
    return 'reason' in plan ? plan.reason : plan.state;
  };

  it('in the tag of the environment is named', async () => {
    expect(await reasonFor(() => 'codedeploy:shop/flags')).toMatch(
      /^codedeploy:shop\/flags deploys appconfig:/,
    );
  });

  it('is not named where the tag names the profile too', async () => {
    expect(await reasonFor(({ target }) => `codedeploy:shop/flags ${target}`)).toBe('ready');
  });

  it('is not another profile of the same environment', async () => {
    expect(await reasonFor(({ world }) => `appconfig:${world.app}/${world.env}/ga3tqep`)).toBe('ready');
  });
});
