import { describe, expect, it } from 'vitest';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { imagesOf } from '@lastgood/embedded-aws/test/world/asg-world.ts';
import { launchTemplateRefOf } from '../../../../src/targets/kinds/asg/launch-template.ts';
import { createGroups } from '../../../../functions/mechanisms/asg/sweep/groups.ts';
import { planned, started, stopped, wanted } from '../../../contract/walk.ts';
import { ARM, deployImage, withImage } from './images.ts';
import { Stage, TARGET } from './stage.ts';

const INTEL = 'm7i.large';

const goBack = async (stage: Stage) =>
  started(stage.mechanism, await stopped(stage.mechanism, await planned(stage.mechanism, TARGET)));

/** A group of two instance types, each with an image, which no refresh deployed. The ledger has proven them. */
async function ofTwoTypes(one: 'arm64' | undefined, other: 'x86_64' | undefined) {
  const stage = new Stage();
  const version = stage.version();
  const bake = (behaviour = {}) => ({
    [ARM]: stage.image(behaviour, { architecture: one }),
    [INTEL]: stage.image(behaviour, { architecture: other }),
  });
  const good = bake();
  stage.create(version, { LaunchTemplate: undefined, ...stage.mixed(version, good) });
  await stage.pass(120);
  const id = `${stage.id('1')}@${Object.values(good).toSorted().join('+')}`;
  stage.ledger.prove(id, stage.world.clock.iso());
  await stage.pass(600);
  const bad = bake({ errorRate: 1 });
  stage.asg('StartInstanceRefresh', { DesiredConfiguration: stage.mixed('1', bad) });
  await stage.ended();
  return { stage, good, id };
}

describe('images of instance types', () => {
  it.each([
    ['lt-0a1b2c3d4e5f60718/7', { template: 'lt-0a1b2c3d4e5f60718', version: '7' }],
    [
      'lt-0a1b2c3d4e5f60718/7@ami-0a+ami-0b',
      { template: 'lt-0a1b2c3d4e5f60718', version: '7', images: ['ami-0a', 'ami-0b'] },
    ],
    ['lt-0a1b2c3d4e5f60718/7@ami-0b+ami-0a', null],
    ['lt-0a1b2c3d4e5f60718/7@ami-0a+ami-0a', null],
    ['lt-0a1b2c3d4e5f60718/7@', null],
  ])('are read from the id %s in one form', (id, expected) => {
    expect(launchTemplateRefOf(id)).toEqual(expected);
  });

  it('go back to the types of their architecture, if no refresh shows which had which', async () => {
    const { stage, good, id } = await ofTwoTypes('arm64', 'x86_64');
    const { plan } = await goBack(stage);
    expect(plan.to.id).toBe(id);
    await stage.ended();
    const { Overrides = [] } = stage.group().MixedInstancesPolicy!.LaunchTemplate!;
    expect(Overrides).toEqual([
      { InstanceType: ARM, ImageId: good[ARM] },
      { InstanceType: INTEL, ImageId: good[INTEL] },
    ]);
  });

  it('are no way back where it is unknown which type had which', async () => {
    const { stage } = await ofTwoTypes(undefined, undefined);
    const plan = await stage.mechanism.plan(wanted(TARGET));
    expect(plan).toMatchObject({ state: 'no-way-back' });
    expect(JSON.stringify(plan)).toMatch(/unknown which of its images m7g.large and m7i.large had/);
  });

  it('are not set on types that came after the plan', async () => {
    const { stage } = await withImage();
    const bad = stage.image({ errorRate: 1 });
    deployImage(stage, bad, 'Rolling');
    await stage.ended();
    const document = await stopped(stage.mechanism, await planned(stage.mechanism, TARGET));
    stage.asg('UpdateAutoScalingGroup', stage.mixed('1', { [ARM]: bad, [INTEL]: bad }));
    expect(await stage.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: `the group was changed after the plan was made: no image is known for ${INTEL}`,
    });
    expect(stage.writes).toEqual([]);
  });

  it('replace instances where AWS refuses to replace their root volumes', async () => {
    const { stage, image } = await withImage();
    deployImage(stage, stage.image({ errorRate: 1 }), 'ReplaceRootVolume');
    await stage.ended();
    const operations = stage.world.autoscaling.operations as Record<
      string,
      { run: (...given: never[]) => unknown }
    >;
    const { run } = operations['StartInstanceRefresh']!;
    operations['StartInstanceRefresh']!.run = (input: { Strategy: string }, caller: never) => {
      if (input.Strategy === 'ReplaceRootVolume') throw new AwsError('ValidationError', 'not here');
      return run(input as never, caller);
    };
    await goBack(stage);
    expect(await stage.ended()).toMatchObject({ Status: 'Successful', Strategy: 'Rolling' });
    expect(imagesOf(stage.group())).toEqual([image]);
  });

  it('keep the share of the capacity that the refresh at fault kept', async () => {
    const { stage } = await withImage();
    const DesiredConfiguration = stage.mixed('1', { [ARM]: stage.image({ errorRate: 1 }) });
    stage.replaceRoots(DesiredConfiguration, { MinHealthyPercentage: 50 });
    await stage.ended();
    await goBack(stage);
    expect(stage.newest()).toMatchObject({
      Strategy: 'ReplaceRootVolume',
      Preferences: { MinHealthyPercentage: 50, SkipMatching: true },
    });
    expect(stage.newest()!.Preferences).not.toHaveProperty('MaxHealthyPercentage');
  });

  it('are taken off again where the good revision has none', async () => {
    const stage = new Stage();
    const version = stage.version();
    stage.create(version, {
      LaunchTemplate: undefined,
      ...stage.mixed(version, { [ARM]: undefined }),
    });
    await stage.pass(120);
    stage.asg('StartInstanceRefresh', { DesiredConfiguration: stage.mixed('1', { [ARM]: undefined }) });
    await stage.ended();
    await stage.pass(600);
    stage.replaceRoots(stage.mixed('1', { [ARM]: stage.image({ errorRate: 1 }) }));
    await stage.ended();
    const { plan } = await goBack(stage);
    expect(plan.to.id).toBe(stage.id('1'));
    expect(stage.newest()).toMatchObject({ Strategy: 'Rolling', Preferences: { SkipMatching: false } });
    await stage.ended();
    expect(imagesOf(stage.group())).toEqual([undefined]);
  });

  it('make one deployment of each refresh, and none of the launches of instances that stayed', async () => {
    const { stage, image } = await withImage();
    const bad = stage.image({ errorRate: 1 });
    deployImage(stage, bad, 'ReplaceRootVolume');
    await stage.ended();
    const { recent = [] } = await stage.mechanism.plan(wanted(TARGET));
    const ids = recent.map(({ revision }) => revision.id);
    expect(ids.slice(0, 2)).toEqual([`${stage.id('1')}@${bad}`, `${stage.id('1')}@${image}`]);
    expect(ids.filter((id) => id.endsWith(bad))).toHaveLength(1);
  });

  it('are named as what changed', async () => {
    const { stage, image } = await withImage();
    const bad = stage.image({ errorRate: 1 });
    deployImage(stage, bad, 'ReplaceRootVolume');
    await stage.ended();
    const { recent: [newest] = [] } = await stage.mechanism.plan(wanted(TARGET));
    expect(newest).toMatchObject({ changes: [`AMI: ${image} → ${bad}`] });
  });

  it('are seen by the sweep when they came without a refresh', async () => {
    const { stage } = await withImage();
    const fresh = stage.image();
    stage.asg('CreateOrUpdateTags', { Tags: [{ ResourceId: 'web', Key: 'lastgood', Value: 'auto' }] });
    stage.asg('UpdateAutoScalingGroup', stage.mixed('1', { [ARM]: fresh }));
    for (const { InstanceId } of stage.group().Instances!)
      stage.asg('TerminateInstanceInAutoScalingGroup', { InstanceId, ShouldDecrementDesiredCapacity: false });
    await stage.pass(300);
    const at = stage.world.clock.iso();
    const [seen] = await createGroups(stage.autoscaling).read([{ batch: 'groups', name: 'web' }], at);
    const entries = () => stage.ledger.entries();
    expect(await seen!.observed({ at, before: null, isNew: true, entries })).toContainEqual(
      expect.objectContaining({ deployment: `${stage.id('1')}@${fresh} since ${at}`, state: 'completed' }),
    );
  });
});
