import { describe, expect, it } from 'vitest';
import { probeUrl } from '../../../../../local/scenarios/ecs/balancer.ts';
import { openShop } from '../../../../../local/scenarios/ecs/shop.ts';
import { TARGET } from '../../../../../local/scenarios/ecs/target.ts';
import { TEST_PORT, type Stage } from '../../../../../local/scenarios/stage.ts';
import type { Followed, Pause } from '../../../../../src/lookout/document.ts';
import type { SidesAnswer } from '../../../../../src/lookout/sided.ts';
import { again, followed } from '../../../../contract/follow.ts';
import { mechanismOn, openWorld } from '../../../../contract/ecs-stage.ts';

const ON = { 'lastgood:lookout': 'act', 'lastgood:gate': 'on' };
const hookAt = (stage: string) => ({
  targetType: 'PAUSE',
  lifecycleStages: [stage],
  timeoutConfiguration: { timeoutInMinutes: 60, action: 'ROLLBACK' },
});

interface Options {
  readonly tags?: Readonly<Record<string, string>>;
  readonly stage?: string;
  readonly testListener?: boolean;
}

/** Opens the shop with a release that waits at a pause, before users meet it unless the test says otherwise. */
async function open({ tags = ON, stage: at = 'POST_TEST_TRAFFIC_SHIFT', testListener = true }: Options = {}) {
  const stage = openWorld();
  let url = '';
  const shop = await openShop(stage, {
    twoGroups: true,
    testListener,
    putAlarms: () => undefined,
    deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 },
    tags: (balancer) => {
      url = `${probeUrl(stage, balancer)}health`;
      return { ...tags, 'lastgood:probe': url };
    },
  });
  const deploymentConfiguration = {
    strategy: 'BLUE_GREEN',
    bakeTimeInMinutes: 5,
    lifecycleHooks: [hookAt(at)],
  };
  shop.release('v2', {}, { service: { deploymentConfiguration } });
  await stage.minutes(3);
  const made = mechanismOn(stage, TARGET, () => stage.world.clock.iso());
  const begun = followed(TARGET, stage.world.clock.iso());
  return { stage, shop, url, begun, ...made, read: (before = begun) => made.mechanism.sides(before) };
}

const pauseOf = (sides: SidesAnswer) => (sides.state === 'sides' ? sides.pause : undefined);
const probesOf = (sides: SidesAnswer) => (sides.state === 'sides' ? sides.testProbes : undefined);
const unpaused = ({ pause: _, ...sides }: SidesAnswer & { readonly pause?: Pause }) => sides;
const asRead = (begun: Followed, sides: SidesAnswer) => again(begun, sides);

function retag(stage: Stage, tags: Readonly<Record<string, string>>, shop: { readonly arn: string }): void {
  stage.call('ecs', 'TagResource', {
    resourceArn: shop.arn,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  });
}

describe('the pause of a deployment', () => {
  it('is named with its stage and its end, if the tag lets the lookout answer', async () => {
    const { read } = await open();
    expect(pauseOf(await read())).toEqual({
      hook: expect.any(String) as string,
      stage: 'POST_TEST_TRAFFIC_SHIFT',
      endsAt: expect.stringMatching(/Z$/) as string,
      isBefore: true,
    });
    for (const tags of [{ 'lastgood:lookout': 'act' }, { ...ON, lastgood: 'observe' }]) {
      const off = await open({ tags });
      expect(pauseOf(await off.read())).toBeUndefined();
    }
  });

  it('is over once an operator rolls back there: the lookout ends, though no traffic ever moved', async () => {
    const { stage, begun, read } = await open();
    const sides = await read();
    if (sides.state !== 'sides') throw new Error('there are no sides');
    stage.call('ecs', 'ContinueServiceDeployment', {
      serviceDeploymentArn: sides.deployment,
      hookId: pauseOf(sides)?.hook,
      action: 'ROLLBACK',
    });
    const before = asRead(begun, sides);
    expect(await read(before)).toMatchObject({ state: 'none' });
    await stage.minutes(5);
    expect(await read(before)).toMatchObject({ state: 'none' });
  });

  it('is not before users meet the new side, once they do', async () => {
    const { read } = await open({ stage: 'POST_PRODUCTION_TRAFFIC_SHIFT' });
    const sides = await read();
    expect(pauseOf(sides)).toMatchObject({ stage: 'POST_PRODUCTION_TRAFFIC_SHIFT' });
    expect(pauseOf(sides)).not.toHaveProperty('isBefore');
    expect(probesOf(sides)).toBeUndefined();
  });

  it('costs two calls at each later reading', async () => {
    const { read, begun, calls } = await open();
    const sides = await read();
    calls.length = 0;
    expect(await read(asRead(begun, sides))).toEqual(sides);
    expect(calls.map(({ operation }) => operation)).toEqual([
      'DescribeServices',
      'DescribeServiceDeployments',
    ]);
  });

  it('is over once it was passed, and the deployment is still followed', async () => {
    const { read, begun, mechanism, stage, accepted } = await open();
    const sides = await read();
    const document = asRead(begun, sides);
    await mechanism.pass!(document, pauseOf(sides)!);
    expect(accepted).toContain('ContinueServiceDeployment');
    await stage.minutes(1);
    const later = await read(document);
    expect(later).toMatchObject({ state: 'sides' });
    expect(pauseOf(later)).toBeUndefined();
  });
});

describe('pass', () => {
  it('may be called again: a hook that has moved on is no error', async () => {
    const { read, begun, mechanism, accepted } = await open();
    const sides = await read();
    const [document, pause] = [asRead(begun, sides), pauseOf(sides)!];
    await mechanism.pass!(document, pause);
    await mechanism.pass!(document, pause);
    expect(accepted.filter((operation) => operation === 'ContinueServiceDeployment')).toHaveLength(1);
  });

  it.each([
    ['lastgood:gate', 'off'],
    ['lastgood', 'observe'],
  ])('writes nothing once the service has %s=%s', async (tag, value) => {
    const { read, begun, mechanism, stage, shop, accepted } = await open();
    const sides = await read();
    retag(stage, { [tag]: value }, shop);
    await mechanism.pass!(asRead(begun, sides), pauseOf(sides)!);
    expect(accepted).not.toContain('ContinueServiceDeployment');
  });
});

describe('the probes of a test listener', () => {
  it('are those of users, by its port, and its listener is read once', async () => {
    const { read, begun, calls, url, stage, mechanism } = await open();
    const sides = await read();
    const tested = url.replace(/^(http:\/\/[^/:]+)(?::\d+)?/, `$1:${TEST_PORT}`);
    expect(probesOf(sides)).toEqual([tested]);
    calls.length = 0;
    expect(probesOf(await read(asRead(begun, unpaused(sides))))).toEqual([tested]);
    expect(calls.map(({ operation }) => operation)).not.toContain('DescribeListeners');
    await mechanism.pass!(asRead(begun, sides), pauseOf(sides)!);
    await stage.minutes(1);
    expect(probesOf(await read(asRead(begun, sides)))).toBeUndefined();
  });

  it('are none before the test listener leads to the new side, and none without one', async () => {
    const early = await open({ stage: 'POST_SCALE_UP' });
    const sides = await early.read();
    expect(pauseOf(sides)).toMatchObject({ stage: 'POST_SCALE_UP', isBefore: true });
    expect(probesOf(sides)).toBeUndefined();
    const without = await open({ testListener: false });
    expect(probesOf(await without.read()) ?? []).toEqual([]);
  });
});
