import { describe, expect, it } from 'vitest';
import { deployedAmong } from '../../../../functions/mechanisms/asg/sweep/deployed.ts';
import { createGroups } from '../../../../functions/mechanisms/asg/sweep/groups.ts';
import { CHANGED, IN_TURN } from '../../../../functions/mechanisms/asg/sweep/shares.ts';
import { after } from '../../../../src/rollback/time.ts';
import type { ObservedRevision } from '../../../../src/ledger/ledger.ts';
import type { Deployed, Page } from '../../../../src/targets/kind.ts';
import { toldBy } from '../../../contract/follow.ts';
import { Stage, TARGET } from './stage.ts';

const observation = (deployment: string) => ({
  target: TARGET,
  deployment,
  completedAt: '2026-11-22T02:10:00.000Z',
  soakUntil: '2026-11-22T02:40:00.000Z',
});

const BEFORE = '2026-11-22T02:00:00.000Z';

const tags = { Tags: [{ Key: 'lastgood', Value: 'auto' }] };

const PAGE: Page = [{ batch: 'groups', name: 'web' }];

/** Looks as a warm function does that has seen nothing yet, or as one that remembers the content. */
const seenIn = async (
  stage: Stage,
  {
    at = stage.world.clock.iso(),
    groups = createGroups(stage.autoscaling),
    isNew = true,
    isKnown = true,
  } = {},
) => {
  const sight = { at, before: isKnown ? BEFORE : null, isNew, entries: () => stage.ledger.entries() };
  const seen = await groups.read(PAGE, at);
  return (await Promise.all(seen.map((one) => one.observed(sight)))).flat();
};

const deployed = async (
  autoscaling: Stage['autoscaling'],
  ec2: Stage['ec2'],
  observed: ObservedRevision,
): Promise<Deployed | null> => {
  const [found] = await deployedAmong({ autoscaling, ec2 }, [observed]);
  if (found?.status !== 'fulfilled') throw found?.reason;
  return found.value;
};

describe('the sweep of Auto Scaling groups', () => {
  it('finds the version that a refresh deployed, alone', async () => {
    const stage = await Stage.good(tags);
    const found = await deployed(
      stage.autoscaling,
      stage.ec2,
      observation(stage.newest()!.InstanceRefreshId!),
    );
    expect(found).toMatchObject({ revision: { id: stage.id('1'), name: 'web:1' }, runs: 'alone' });
  });

  it('reports gone and unclear deployments', async () => {
    const stage = await Stage.good(tags);
    const first = stage.newest()!.InstanceRefreshId!;
    stage.refresh(stage.version(), { MinHealthyPercentage: 50 });
    await stage.pass(75);
    expect(await deployed(stage.autoscaling, stage.ec2, observation(first))).toMatchObject({
      runs: 'unclear',
    });
    await stage.ended();
    expect(await deployed(stage.autoscaling, stage.ec2, observation(first))).toMatchObject({ runs: 'gone' });
  });

  it('knows what a refresh without a desired configuration deployed only until the next one', async () => {
    const stage = await Stage.good(tags);
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(stage.version()) });
    stage.refresh();
    await stage.ended();
    const second = stage.newest()!.InstanceRefreshId!;
    expect(await deployed(stage.autoscaling, stage.ec2, observation(second))).toMatchObject({
      revision: { id: stage.id('2') },
    });
    stage.refresh(stage.version());
    expect(await deployed(stage.autoscaling, stage.ec2, observation(second))).toBeNull();
  });

  it('reports refreshes that ended lately, of opted-in groups only', async () => {
    const stage = await Stage.good(tags);
    const at = stage.world.clock.iso();
    expect(await seenIn(stage, { at })).toMatchObject([{ target: TARGET, state: 'completed' }]);
    expect(await seenIn(stage, { at: '2026-11-22T09:00:00.000Z' })).toEqual([]);
    stage.asg('CreateOrUpdateTags', {
      Tags: [{ ResourceId: 'web', Key: 'lastgood', Value: 'none', PropagateAtLaunch: false }],
    });
    expect(await seenIn(stage, { at })).toEqual([]);
  });

  /** Puts a version on the group and ends at most this many of its instances, as a stack update does. */
  const roll = async (stage: Stage, version: string, most = 9) => {
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice(version) });
    for (const { InstanceId } of stage.group().Instances!.slice(0, most)) {
      stage.asg('TerminateInstanceInAutoScalingGroup', { InstanceId, ShouldDecrementDesiredCapacity: false });
      await stage.pass(120);
    }
  };
  const came = async (stage: Stage) =>
    (await seenIn(stage)).map(({ deployment }) => deployment).filter((id) => id.includes(' since '));

  it('observes a version without a refresh when it is on all instances, and only once', async () => {
    const stage = await Stage.good(tags);
    stage.ledger.prove(stage.id('1'));
    expect(await came(stage)).toEqual([]);
    await roll(stage, stage.version(), 2);
    expect(await came(stage)).toEqual([]);
    await roll(stage, '2');
    const [id] = await came(stage);
    expect(id).toBe(`${stage.id('2')} since ${stage.world.clock.iso()}`);
    const [recorded] = await stage.ledger.entries();
    const unknown = (await seenIn(stage, { isKnown: false })).find(({ deployment }) => deployment === id);
    expect(unknown).toMatchObject({ notBefore: (recorded as { completedAt: string }).completedAt });
    stage.ledger.list.unshift({ state: 'candidate', ...observation(id!) });
    await stage.pass(60);
    expect(await came(stage)).toEqual([]);
    stage.ledger.prove(stage.id('2'));
    expect(await came(stage)).toEqual([]);
  });

  it('does not observe a version while another one is launched: the ledger would record it as the newer one', async () => {
    const stage = await Stage.good(tags);
    await roll(stage, stage.version());
    expect(await came(stage)).toHaveLength(1);
    stage.asg('UpdateAutoScalingGroup', { LaunchTemplate: stage.choice('1') });
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 5 });
    await stage.pass(4);
    stage.asg('SetDesiredCapacity', { DesiredCapacity: 4 });
    expect(stage.running()).toBe('2 2 2 2');
    expect(await came(stage)).toEqual([]);
  });

  it('observes the versions of a group that was never refreshed', async () => {
    const stage = new Stage();
    stage.create(stage.version(), tags);
    expect(await came(stage)).toEqual([]);
    await stage.pass(120);
    expect(await came(stage)).toEqual([`${stage.id('1')} since ${stage.world.clock.iso()}`]);
    stage.refresh('1');
    expect(await came(stage)).toEqual([]);
  });

  it('leaves the version of a refresh of $Latest to that refresh', async () => {
    const stage = await Stage.good(tags);
    stage.version();
    stage.refresh('$Latest');
    await stage.ended();
    const { InstanceRefreshId = '' } = stage.newest()!;
    expect(await came(stage)).toEqual([`${stage.id('2')} since ${stage.world.clock.iso()}`]);
    stage.ledger.list.unshift({ state: 'candidate', ...observation(InstanceRefreshId) });
    expect(await came(stage)).toEqual([]);
  });

  it('finds such a version, and whether it still runs alone', async () => {
    const stage = await Stage.good(tags);
    await roll(stage, stage.version());
    const seenTo: ObservedRevision = observation(`${stage.id('2')} since 2026-11-22T02:10:00.000Z`);
    const found = () => deployed(stage.autoscaling, stage.ec2, seenTo);
    expect(await found()).toMatchObject({ revision: { name: 'web:2' }, runs: 'alone', alarms: [] });
    await roll(stage, '1', 2);
    expect(await found()).toMatchObject({ runs: 'unclear' });
    await roll(stage, '1');
    expect(await found()).toMatchObject({ runs: 'gone' });
  });
});

describe('the reads of refreshes', () => {
  const readsOf = (stage: Stage) =>
    stage.calls.filter((operation) => operation === 'DescribeInstanceRefreshes').length;
  const at = (stage: Stage) => stage.world.clock.iso();

  /** Looks once a minute, as one warm function. */
  const warm = async (stage: Stage) => {
    const groups = createGroups(stage.autoscaling);
    await seenIn(stage, { groups });
    return async (isNew = false) => {
      await stage.pass(60);
      const [seen] = await groups.read(PAGE, at(stage));
      const sight = { at: at(stage), before: BEFORE, isNew, entries: () => stage.ledger.entries() };
      return { seen: seen!, found: await seen!.observed(sight) };
    };
  };

  it('are made in turn where nothing changes', async () => {
    const stage = await Stage.good(tags);
    const look = await warm(stage);
    const before = readsOf(stage);
    const { seen } = await look();
    expect(seen).toMatchObject({ isMoving: false, isDue: true });
    expect(readsOf(stage)).toBe(before + 1);
  });

  it('follow a refresh until it has ended', async () => {
    const stage = await Stage.good(tags);
    const look = await warm(stage);
    stage.refresh(stage.version());
    const { seen: first } = await look(true);
    const { seen: next } = await look();
    expect(next).toMatchObject({ isMoving: true, isDue: false });
    expect(next.content).not.toBe(first.content);
    await stage.ended();
    const { found } = await look();
    expect(found.map(({ deployment }) => deployment)).toContain(stage.newest()!.InstanceRefreshId);
    expect((await look()).seen).toMatchObject({ isMoving: false });
  });

  it('report a refresh in flight as begun, by the id of its event, and no longer once it goes back', async () => {
    const stage = await Stage.good(tags);
    const events: object[] = [];
    stage.world.onEvent((event) => events.push(event));
    const look = await warm(stage);
    stage.refresh(stage.version());
    const { found } = await look(true);
    const begun = found.filter(({ state }) => state === 'started');
    const told = toldBy(events, at(stage));
    expect(begun).toHaveLength(1);
    expect(told).toMatchObject(begun.map(({ target, deployment, state }) => ({ target, deployment, state })));
    stage.asg('RollbackInstanceRefresh');
    expect((await look(true)).found.map(({ state }) => state)).not.toContain('started');
  });

  it('take no more than their share in a minute, and come to all groups', async () => {
    const stage = await Stage.good(tags);
    const [web] = await stage.autoscaling.groups(['web']);
    const read = new Set<string>();
    const groups = createGroups({
      groups: (names) => Promise.resolve(names.map((name) => ({ ...web!, name }))),
      refreshes: (name) => Promise.resolve(read.add(name)).then(() => []),
    });
    const names = Array.from({ length: 300 }, (_, i) => ({ batch: 'groups', name: `group${i}` }));
    for (let minute = 0; minute < 300 / CHANGED.callsPerMinute; minute++) {
      const before = read.size;
      const now = after(at(stage), minute * 60);
      const sight = { at: now, before: null, isNew: minute === 0, entries: () => Promise.resolve([]) };
      for (const seen of await groups.read(names as unknown as Page, now))
        if (minute === 0 || seen.isMoving || seen.isDue) await seen.observed(sight);
      expect(read.size - before).toBeLessThanOrEqual(CHANGED.callsPerMinute + IN_TURN.callsPerMinute);
    }
    expect(read.size).toBe(300);
  });

  it('ask the ledger only where the content is new', async () => {
    const stage = new Stage();
    stage.create(stage.version(), tags);
    await stage.pass(120);
    const look = await warm(stage);
    expect((await look(false)).found).toEqual([]);
    expect((await look(true)).found).toMatchObject([{ state: 'completed', notBefore: BEFORE }]);
  });
});
