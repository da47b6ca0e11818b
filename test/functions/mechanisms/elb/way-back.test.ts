import { describe, expect, test } from 'vitest';
import { planned, reverted, started, stopped } from '../../../contract/walk.ts';
import { HEALTHY } from '@lastgood/embedded-aws/test/world/elb-shop.ts';
import { GROWING } from '../../../../functions/mechanisms/elb/revert.ts';
import { openListener, SINCE, type OpenListener } from './listener.ts';

const walk = async (shop: OpenListener) =>
  stopped(shop.mechanism, await planned(shop.mechanism, shop.target));

describe('going back', () => {
  test('reads the weights and the targets that are to get them, and no tags', async () => {
    const shop = await openListener(0, 100);
    const document = await walk(shop);
    shop.calls.length = 0;
    await shop.mechanism.revert(document);
    expect(shop.calls).toEqual(['DescribeListeners', 'DescribeTargetHealth', 'ModifyListener']);
  });

  test('counts the targets of a side that has a part of the traffic: all of them must be healthy', async () => {
    const shop = await openListener(9, 1);
    const document = await walk(shop);
    shop.register(shop.blue, 2, { ...HEALTHY, health: 'fails' });
    await shop.run(120);
    expect(await shop.mechanism.revert(document)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('blue has 4 healthy targets of 6 needed') as string,
    });
    expect(shop.writes()).toBe(0);
  });

  test('reads directly before it writes: weights that changed after the plan stay', async () => {
    const shop = await openListener(0, 100);
    const document = await walk(shop);
    shop.weigh(1, 3);
    expect(await shop.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'the weights changed after the plan was made: 25 % blue and 75 % green',
    });
    expect(shop.writes()).toBe(0);
  });

  test('moves no weight to a side on which a pipeline has begun its next release after the plan', async () => {
    const shop = await openListener(0, 100);
    shop.ledger.list.length = 0;
    shop.stands(shop.blue, 'lt-blue:1');
    shop.ledger.prove(shop.idOf(SINCE, 1, 0));
    const document = await walk(shop);
    shop.stands(shop.blue, 'lt-blue:1', 'lt-blue:2');
    expect(await shop.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'another version was put behind blue after the plan was made',
    });
    expect(shop.writes()).toBe(0);
    shop.stands(shop.blue, 'lt-blue:1');
    expect(await shop.mechanism.revert(document)).toMatchObject({ state: 'started' });
  });

  test('takes no weights of a pipeline for its own where another version is behind them', async () => {
    const shop = await openListener(0, 100);
    shop.ledger.list.length = 0;
    shop.stands(shop.blue, 'lt-blue:1');
    shop.ledger.prove(shop.idOf(SINCE, 1, 0));
    const document = await walk(shop);
    shop.stands(shop.blue, 'lt-blue:2');
    shop.weigh(100, 0);
    expect(await shop.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'another version was put behind blue after the plan was made',
      touched: true,
    });
    shop.stands(shop.blue, 'lt-blue:1');
    expect(await shop.mechanism.revert(document)).toMatchObject({ state: 'started' });
    expect(shop.writes()).toBe(0);
  });

  test('takes weights that another moved while the groups grew only with the proven version behind them', async () => {
    const shop = await openListener(0, 100);
    shop.ledger.list.length = 0;
    shop.stands(shop.blue, 'lt-blue:1');
    shop.ledger.prove(shop.idOf(SINCE, 1, 0));
    const document = await started(shop.mechanism, await walk(shop));
    const grows = { ...document, reverted: { ...document.reverted, deployment: GROWING } };
    expect(await shop.mechanism.settled(grows)).toMatchObject({ state: 'settled' });
    shop.stands(shop.blue, 'lt-blue:2');
    expect(await shop.mechanism.settled(grows)).toEqual({
      state: 'failed',
      reason: 'another has moved the traffic to blue, with another version behind it than the proven one',
    });
  });

  test('moves no weight to a side that became unhealthy after the plan', async () => {
    const shop = await openListener(0, 100);
    const document = await walk(shop);
    for (const id of shop.behaviours.keys()) if (id.startsWith('blue')) shop.behaviours.delete(id);
    await shop.run(60);
    expect(await shop.mechanism.revert(document)).toMatchObject({ state: 'failed' });
    expect(shop.writes()).toBe(0);
  });

  test('says so if the side was deleted after the plan', async () => {
    const shop = await openListener(0, 100);
    const document = await walk(shop);
    shop.forwardTo(shop.green);
    shop.elb.operations.DeleteTargetGroup.run({ TargetGroupArn: shop.blue });
    const failed = { state: 'failed', reason: 'blue no longer exists' };
    expect(await shop.mechanism.revert(document)).toEqual(failed);
    expect(shop.writes()).toBe(0);
  });

  test('reads the tags of more groups than one call takes', async () => {
    const shop = await openListener();
    const arns = Array<string>(21).fill(shop.blue);
    shop.tag(shop.green, { team: 'shop' });
    const tags = await shop.elbClient.tags([...arns, shop.green]);
    expect(tags.get(shop.green)).toEqual({ team: 'shop' });
    expect(await shop.elbClient.tags([])).toEqual(new Map());
  });

  test('fails with the error name if the listener refuses the actions', async () => {
    const shop = await openListener(0, 100);
    const document = await walk(shop);
    shop.elbClient.send = () => Promise.reject(Object.assign(new Error('no'), { name: 'ValidationError' }));
    expect(await shop.mechanism.revert(document)).toEqual({ state: 'failed', reason: 'ValidationError: no' });
  });

  test('throws errors that a retry may resolve', async () => {
    const shop = await openListener(0, 100);
    const document = await walk(shop);
    shop.elbClient.send = () =>
      Promise.reject(Object.assign(new Error('slow'), { name: 'ThrottlingException' }));
    await expect(shop.mechanism.revert(document)).rejects.toThrow('slow');
  });
});

describe('a side that has to grow', () => {
  async function growing() {
    const shop = await openListener(0, 100);
    const blues = [...shop.behaviours.keys()].filter((id) => id.startsWith('blue'));
    for (const id of blues.slice(0, 3)) shop.elb.deregister(shop.blue, { id, port: 8080 });
    shop.tag(shop.blue, { 'lastgood:group': 'web-blue' });
    shop.fleets.groups.set('web-blue', { desired: 1, max: 8, isOptedIn: true });
    shop.observe(SINCE, 0, 1);
    return { shop, document: await walk(shop) };
  }

  test('is grown before any weight moves, once', async () => {
    const { shop, document } = await growing();
    const first = await shop.mechanism.revert(document);
    expect(await shop.mechanism.revert(document)).toEqual(first);
    expect(shop.fleets.asked).toEqual([['web-blue', 4]]);
    expect(shop.writes()).toBe(1);
  });

  test('is pending while it grows, then due, and then the weights move', async () => {
    const { shop, document } = await growing();
    const growingNow = await started(shop.mechanism, document);
    expect(await shop.mechanism.settled(growingNow)).toEqual({
      state: 'pending',
      summary: 'before the weights move: 1 of 4 targets of blue are healthy',
    });
    shop.register(shop.blue, 3);
    await shop.run(60);
    const due = await shop.mechanism.settled(growingNow);
    expect(due.state).toBe('due');
    const moved = await reverted(shop.mechanism, {
      ...growingNow,
      settled: { state: 'due', at: SINCE, summary: '' },
    });
    expect(moved.reverted).toMatchObject({ state: 'started', rung: 0 });
    expect(await shop.mechanism.settled(moved as typeof growingNow)).toEqual({
      state: 'settled',
      summary: 'blue has the traffic',
    });
  });

  test('is never shrunk', async () => {
    const { shop, document } = await growing();
    shop.fleets.groups.set('web-blue', { desired: 6, max: 8, isOptedIn: true });
    expect(await shop.mechanism.revert(document)).toMatchObject({ state: 'started' });
    expect(shop.fleets.asked).toEqual([]);
  });

  test('does not grow if another one cannot', async () => {
    const { shop, document } = await growing();
    const greens = [...shop.behaviours.keys()].filter((id) => id.startsWith('green'));
    shop.tag(shop.green, { 'lastgood:group': 'web-green' });
    shop.fleets.groups.set('web-green', { desired: 1, max: 8, isOptedIn: false });
    for (const id of greens.slice(0, 3)) shop.elb.deregister(shop.green, { id, port: 8080 });
    const groups = { [shop.blue]: 'web-blue', [shop.green]: 'web-green' };
    const memo = {
      ...document.plan.memo,
      to: shop.shares([1, 1]),
      needed: 8,
      groups,
      growing: [shop.blue, shop.green],
    };
    const both = { ...document, plan: { ...document.plan, memo } };
    const refused = { state: 'failed', reason: expect.stringContaining('web-green') as string };
    expect(await shop.mechanism.revert(both)).toEqual(refused);
    expect(shop.writes()).toBe(0);
    shop.fleets.groups.set('web-blue', { desired: 4, max: 8, isOptedIn: true });
    expect(await shop.mechanism.revert(both)).toEqual({ ...refused, touched: true });
  });

  test('that the plan did not find too small grows only where that can help', async () => {
    const { shop, document } = await growing();
    const { growing: found, ...memo } = document.plan.memo;
    expect(found).toEqual([shop.blue]);
    const later = { ...document, plan: { ...document.plan, memo } };
    shop.fleets.groups.set('web-blue', { desired: 5, max: 8, isOptedIn: true });
    expect(await shop.mechanism.revert(later)).toEqual({
      state: 'failed',
      reason:
        'blue has too few healthy targets, though Auto Scaling group web-blue already wants 5 instances',
    });
    shop.fleets.groups.set('web-blue', { desired: 1, max: 8, isOptedIn: true });
    expect(await shop.mechanism.revert(later)).toMatchObject({ state: 'started', deployment: 'capacity' });
  });

  test('does not grow if no tag names its Auto Scaling group, or none of that name exists', async () => {
    const { shop, document } = await growing();
    shop.fleets.groups.clear();
    expect(await shop.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'there is no Auto Scaling group web-blue',
    });
    const untagged = { ...document, plan: { ...document.plan, memo: { ...document.plan.memo, groups: {} } } };
    expect(await shop.mechanism.revert(untagged)).toEqual({
      state: 'failed',
      reason:
        'blue has 1 healthy targets of 4 needed, and no tag lastgood:group says which Auto Scaling group to grow',
    });
    expect(shop.writes()).toBe(0);
  });

  test('does not grow if it was detached after the plan and has no targets', async () => {
    const { shop, document } = await growing();
    const blues = [...shop.behaviours.keys()].filter((id) => id.startsWith('blue'));
    for (const id of blues) shop.elb.deregister(shop.blue, { id, port: 8080 });
    shop.forwardTo(shop.green);
    await shop.run(600);
    expect(await shop.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: expect.stringContaining('new targets might not be checked') as string,
    });
    expect(shop.writes()).toBe(0);
  });

  test('does not grow if its tag was removed after the plan', async () => {
    const { shop, document } = await growing();
    shop.fleets.groups.set('web-blue', { desired: 1, max: 8, isOptedIn: false });
    expect(await shop.mechanism.revert(document)).toMatchObject({ state: 'failed' });
    expect(shop.writes()).toBe(0);
  });
});

describe('settling', () => {
  const look = async (then: (shop: OpenListener) => void | Promise<void>, seconds = 0) => {
    const shop = await openListener(0, 100);
    const document = await started(shop.mechanism, await walk(shop));
    const at = shop.clock.iso();
    await shop.run(seconds);
    await then(shop);
    return shop.mechanism.settled({ ...document, reverted: { ...document.reverted, at } });
  };

  test('waits half a minute while the old weights are still shown', async () => {
    const shown = { state: 'pending', summary: 'green still has the traffic' };
    expect(await look((shop) => void shop.weigh(0, 1), 30)).toEqual(shown);
  });

  test('is overtaken if the old weights are put back', async () => {
    const overtaken = {
      state: 'overtaken',
      by: expect.stringMatching(/^green\/[0-9a-f]{16}=1$/) as string,
      reason:
        'the weights were put back to green after the rollback: a controller or pipeline sets them, so roll back there',
    };
    expect(await look((shop) => void shop.weigh(0, 1), 31)).toEqual(overtaken);
  });

  test('is overtaken at once if the new weights were shown before', async () => {
    const shop = await openListener(0, 100);
    const document = await started(shop.mechanism, await walk(shop));
    const settled = { state: 'settled', summary: 'blue has the traffic', at: shop.clock.iso() } as const;
    shop.weigh(0, 1);
    const after = { ...document, reverted: { ...document.reverted, at: shop.clock.iso() } };
    expect(await shop.mechanism.settled(after)).toMatchObject({ state: 'pending' });
    expect(await shop.mechanism.settled({ ...after, settled })).toMatchObject({ state: 'overtaken' });
  });

  test('leaves the targets to Verify, but of a side that had a part of the traffic it finds how many they are', async () => {
    const shop = await openListener(9, 1);
    shop.register(shop.blue, 2);
    await shop.run(120);
    const document = await started(shop.mechanism, await walk(shop));
    expect(document.plan.watch.targetGroups).toMatchObject([{ arn: shop.blue, wanted: 4, stays: true }]);
    const first = await shop.mechanism.settled(document);
    expect(first).toMatchObject({ state: 'settled', targetGroups: [{ arn: shop.blue, wanted: 6 }] });
    const settled = { ...(first as Extract<typeof first, { state: 'settled' }>), at: shop.clock.iso() };
    shop.calls.length = 0;
    expect(await shop.mechanism.settled({ ...document, settled })).toEqual(first);
    expect(shop.calls).toEqual(['DescribeListeners']);
  });

  test.each([
    ['fewer instances', 1, 1],
    ['more instances', 8, 4],
    ['none', 0, 4],
  ])('wants what the Auto Scaling group wants now: %s', async (_, desired, wanted) => {
    const shop = await openListener(0, 100);
    shop.tag(shop.blue, { 'lastgood:group': 'web-blue' });
    shop.fleets.groups.set('web-blue', { desired: 4, max: 8, isOptedIn: true });
    shop.observe(SINCE, 0, 1);
    const document = await started(shop.mechanism, await walk(shop));
    await shop.run(60);
    shop.fleets.groups.set('web-blue', { desired, max: 8, isOptedIn: true });
    const first = await shop.mechanism.settled(document);
    const settled = { ...(first as Extract<typeof first, { state: 'settled' }>), at: shop.clock.iso() };
    const { targetGroups = document.plan.watch.targetGroups } = (await shop.mechanism.settled({
      ...document,
      settled,
    })) as typeof settled;
    expect(targetGroups).toMatchObject([{ arn: shop.blue, wanted }]);
  });

  test('names the new weights if a pipeline moved them again', async () => {
    const by = expect.stringMatching(/^blue\/[0-9a-f]{16}=1 green\/[0-9a-f]{16}=1$/) as string;
    expect(await look((shop) => void shop.weigh(5, 5))).toMatchObject({ state: 'overtaken', by });
  });
});
