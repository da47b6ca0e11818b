import { describe, expect, test } from 'vitest';
import type { Claimed } from '../../../../src/rollback/document.ts';
import { after } from '../../../../src/rollback/time.ts';
import { wanted } from '../../../contract/walk.ts';
import { openStage, PROVEN_SINCE, SINCE, type Stage } from './stage.ts';

const GREEN = { blue: 0, green: 100 };
const plan = ({ mechanism, target }: Stage, more: Partial<Claimed['request']> = {}) =>
  mechanism.plan(wanted(target, more));

/** Opens with a bad release on green. */
async function open(...[weights = GREEN, options]: Partial<Parameters<typeof openStage>>): Promise<Stage> {
  const stage = await openStage(weights, options);
  stage.observe(SINCE, weights);
  return stage;
}

describe('the plan', () => {
  test('goes from the present division to the newest proven one, by the names of the groups', async () => {
    const stage = await open();
    expect(await plan(stage)).toMatchObject({
      state: 'ready',
      source: 'ledger',
      from: { id: stage.idOf(SINCE, { green: 1 }), name: 'shop-green' },
      to: { id: stage.idOf(PROVEN_SINCE, { blue: 1 }), name: 'shop-blue' },
      rungs: [{ name: 'shift-weights', does: 'send the traffic to shop-blue again', withinSeconds: 360 }],
      watch: { targetGroups: [] },
      memo: { needed: 4 },
    });
  });

  test('watches the alarm that fired and those that the tags name', async () => {
    const stage = await open(GREEN, { tags: { 'lastgood:alarms': 'slow' } });
    const trigger = { type: 'alarm', id: 'red 1', at: after(SINCE, 180), alarm: 'red' } as const;
    expect(await plan(stage, { trigger })).toMatchObject({ watch: { alarms: ['slow', 'red'] } });
  });

  test('says that it is unknown what IP addresses run, and knows what instances were launched from', async () => {
    const addresses = await open(GREEN, { type: 'IP' });
    expect(await plan(addresses)).toMatchObject({
      notes: expect.arrayContaining([
        expect.stringMatching(/unknown whether shop-blue still runs the proven revision/),
      ]) as string[],
    });
    const instances = await openStage(GREEN);
    instances.stands('blue', 'lt-blue:1');
    instances.ledger.list.length = 0;
    instances.ledger.prove(instances.idOf(PROVEN_SINCE, { blue: 1 }));
    instances.observe(SINCE, { green: 1 });
    expect(await plan(instances)).not.toHaveProperty('notes');
    instances.stands('blue', 'lt-blue:2');
    expect(await plan(instances)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('shop-blue no longer runs the proven revision') as string,
    });
  });

  test('notes each other rule that sends traffic to the side that is to lose it', async () => {
    const stage = await open();
    const rule = stage.world.addRule('cart', { green: 1 });
    stage.world.addRule('help', { blue: 1, green: 0 });
    const { notes = [] } = (await plan(stage)) as { readonly notes?: readonly string[] };
    expect(notes.filter((note) => note.includes('sends traffic to'))).toEqual([
      `cart (${stage.target}/${rule}) sends traffic to shop-green too, and this way back does not change it`,
    ]);
  });

  test('does without that note where the rules cannot be read', async () => {
    const stage = await open();
    stage.world.addRule('cart', { green: 1 });
    stage.deny('ListRules');
    const { notes = [] } = (await plan(stage)) as { readonly notes?: readonly string[] };
    expect(notes.some((note) => note.includes('sends traffic to'))).toBe(false);
  });
});

describe('a side', () => {
  test('with too few healthy targets gets no traffic', async () => {
    const stage = await open();
    await stage.health('blue', 'fails', 1);
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: 'cannot go back to shop-blue: shop-blue has 3 healthy targets of 4 needed',
    });
  });

  test('of a half of the traffic needs half of the targets', async () => {
    const stage = await open();
    stage.ledger.list.length = 0;
    stage.ledger.prove(stage.idOf(PROVEN_SINCE, { blue: 1, green: 1 }));
    stage.observe(SINCE, { green: 1 });
    await stage.health('blue', 'fails', 2);
    expect(await plan(stage)).toMatchObject({
      state: 'ready',
      to: { name: '50 % shop-blue and 50 % shop-green' },
    });
    await stage.health('blue', 'fails', 3);
    expect(await plan(stage)).toMatchObject({ state: 'no-way-back' });
  });

  test.each([
    [
      'whose health checks are off',
      (stage: Stage) => {
        const check = { targetGroupIdentifier: stage.world.groups['blue'], healthCheck: { enabled: false } };
        stage.world.call('UpdateTargetGroup', check);
      },
      /the health of shop-blue cannot be proven: VPC Lattice does not check 4 of its 4 targets/,
    ],
    [
      'that no rule names',
      (stage: Stage) => stage.weigh({ green: 100 }),
      /the health of shop-blue is unknown: no rule names it/,
    ],
    [
      'without targets',
      (stage: Stage) => {
        const targets = [0, 1, 2, 3].map((at) => ({ id: `i-blue-${at}` }));
        const input = { targetGroupIdentifier: stage.world.groups['blue'], targets };
        stage.world.call('DeregisterTargets', input);
      },
      /shop-blue has 0 healthy targets of 4 needed/,
    ],
  ])('%s gets no traffic: unknown is never healthy', async (_, spoil, reason) => {
    const stage = await open();
    spoil(stage);
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(reason) as string,
    });
    const asked = { revision: stage.idOf(PROVEN_SINCE, { blue: 1 }) };
    expect(await plan(stage, asked)).toMatchObject({ state: 'no-way-back' });
  });

  test('that takes over from a function must be healthy as a whole, and the plan says why', async () => {
    const stage = await openStage({ blue: 100, green: 0 });
    stage.world.open('function', 1, 'LAMBDA');
    stage.weigh({ blue: 0, function: 100 });
    stage.observe(SINCE, { function: 1 });
    expect(await plan(stage)).toMatchObject({
      state: 'ready',
      memo: { needed: null },
      notes: expect.arrayContaining([expect.stringMatching(/^it is unknown how many targets/)]) as string[],
    });
    await stage.health('blue', 'fails', 1);
    expect(await plan(stage)).toMatchObject({ state: 'no-way-back' });
  });
});

describe('a listener without traffic', () => {
  test('gives it only to a side that is healthy as a whole, and the plan says why', async () => {
    const stage = await open({ blue: 0, green: 0 });
    expect(await plan(stage)).toMatchObject({
      state: 'ready',
      memo: { needed: null },
      notes: expect.arrayContaining([
        expect.stringMatching(/because no target group has it now/),
      ]) as string[],
    });
    await stage.health('blue', 'fails', 1);
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('3 healthy targets of 4 needed') as string,
    });
  });
});

describe('a request', () => {
  test('for a part below one percent is not called everything', async () => {
    const stage = await open();
    const { blue = '', green = '' } = stage.world.groups;
    expect(await plan(stage, { revision: `${blue}=999 ${green}=1` })).toMatchObject({
      to: { name: '99.9 % shop-blue and 0.1 % shop-green' },
    });
  });

  test('that names a group twice is refused', async () => {
    const stage = await open();
    const { blue = '' } = stage.world.groups;
    await expect(plan(stage, { revision: `${blue}=1 ${blue}=1` })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
  });
});

describe('an owner', () => {
  test('that is the Gateway API Controller is named by the tag of the service', async () => {
    const stage = await open();
    const [arn = ''] = stage.arn.split('/listener/');
    stage.tag(arn, { 'application-networking.k8s.aws/ManagedBy': '111122223333/prod/vpc-1' });
    await expect(plan(stage)).rejects.toThrow(
      /the AWS Gateway API Controller sets its weights from 111122223333\/prod\/vpc-1, by its tags, and restores them: change them there, or .* roll back external:<system>\/<name> instead/,
    );
  });

  test('that is another target is named by the tag of an attached group', async () => {
    const stage = await open();
    stage.tag(stage.arnOf('blue'), { 'lastgood:target': 'ecs:prod/shop' });
    await expect(plan(stage)).rejects.toThrow(/shop-blue belongs to ecs:prod\/shop, by its tag/);
    stage.tag(stage.arnOf('blue'), { 'lastgood:target': stage.target });
    expect(await plan(stage)).toMatchObject({ state: 'ready' });
  });
});

describe('a target', () => {
  test('that is a default rule is refused: only its listener can be changed', async () => {
    const stage = await open();
    const [rule] = stage.world.call('ListRules', stage.world.keys).items!;
    const target = `${stage.target}/${rule!.id!}`;
    await expect(stage.mechanism.plan(wanted(target))).rejects.toThrow(/default rule/);
  });

  test('that does not forward is refused', async () => {
    const stage = await open();
    stage.world.call('UpdateListener', {
      ...{ ...stage.world.keys, defaultAction: { fixedResponse: { statusCode: 404 } } },
    });
    await expect(plan(stage)).rejects.toThrow(/does not forward/);
  });
});
