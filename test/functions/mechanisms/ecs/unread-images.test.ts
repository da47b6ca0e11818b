import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { describe, expect, it, vi } from 'vitest';
import { openExternalShop } from '../../../../local/scenarios/ecs/external-shop.ts';
import { TARGET } from '../../../../local/scenarios/ecs/target.ts';
import { mechanismOn, openWorld } from '../../../contract/ecs-stage.ts';
import { wanted } from '../../../contract/walk.ts';
import { awsError } from '../../guard/cloudwatch.ts';
import { ecrImage, stage } from './stage.ts';

const AWAY = awsError('ServiceUnavailableException', 503);
const THROTTLED = awsError('ThrottlingException');
const REFUSALS: readonly (readonly [refusal: Error, says: string])[] = [
  [AWAY, 'could not be checked: ECR did not answer'],
  [awsError('AccessDeniedException'), 'could not be checked: Lastgood may not read its repository'],
];
const says = (words: string) => expect.stringContaining(words) as string;

/** Deploys a good release and then another one, while ECR refuses each read. */
function away(refusal: Error, tags = ['v41', 'v42']) {
  const staged = stage();
  const image = (index: number) => [ecrImage(tags[index]!, `sha256:${41 + index}`)];
  const good = staged.ecs.deployed('checkout:41', {}, image(0));
  staged.registry.refusal = refusal;
  return { ...staged, good, begin: () => staged.ecs.deploy('checkout:42', {}, image(1)) };
}

describe('a rollback by ECS that pulls no image, while ECR gives no answer', () => {
  it.each([...REFUSALS, [THROTTLED, 'could not be checked: ECR throttled the read'] as const])(
    'is planned, and the next rung is in doubt: %s',
    async (refusal, words) => {
      const { plan, begin, good } = away(refusal);
      begin();
      expect(await plan()).toMatchObject({
        state: 'ready',
        to: { id: good },
        rungs: [{ name: 'stop-deployment' }, { name: 'redeploy' }],
        notes: expect.arrayContaining([says(words)]) as string[],
      });
    },
  );

  it('is the only rung where the name of the image may lead to the one at fault', async () => {
    const { plan, begin } = away(AWAY, ['latest', 'latest']);
    begin();
    const made = await plan();
    expect(made).toMatchObject({ state: 'ready', notes: [says('cannot see where that name leads now')] });
    expect(made).not.toHaveProperty('doubt');
    expect('rungs' in made && made.rungs.map(({ name }) => name)).toEqual(['stop-deployment']);
  });

  it('is joined', async () => {
    const { plan, begin, ecs } = away(THROTTLED);
    begin();
    ecs.rollBack();
    expect(await plan()).toMatchObject({ state: 'join' });
  });

  it('asks ECR once', async () => {
    const { plan, begin, registry } = away(AWAY);
    begin();
    await plan();
    expect(registry.asked).toHaveLength(1);
  });
});

describe('a way that pulls images, while ECR gives no answer,', () => {
  it.each(REFUSALS)('is taken with an unknown image: %s', async (refusal, words) => {
    const { plan, begin, ecs, good } = away(refusal);
    begin();
    ecs.succeed();
    const made = await plan();
    expect(made).toMatchObject({
      state: 'ready',
      to: { id: good },
      rungs: [{ name: 'redeploy' }],
      notes: expect.arrayContaining([says(words)]) as string[],
    });
    expect(made).not.toHaveProperty('doubt');
  });

  it('asks a person where both releases name the image the same', async () => {
    const { plan, begin, ecs } = away(AWAY, ['latest', 'latest']);
    begin();
    ecs.succeed();
    expect(await plan()).toMatchObject({ doubt: says('cannot see where that name leads now') });
  });

  it('may be the rollback by ECS, which starts the tasks that are missing', async () => {
    const { plan, begin, ecs, registry, good } = away(AWAY);
    ecs.runs(good, 2);
    begin();
    expect(await plan()).toMatchObject({
      rungs: [{ name: 'stop-deployment' }, { name: 'redeploy' }],
      notes: expect.arrayContaining([says('ECR did not answer')]) as string[],
    });
    expect(registry.asked).toHaveLength(1);
  });

  it('waits while ECR throttles: a new deployment', async () => {
    const { plan, begin, ecs } = away(THROTTLED);
    begin();
    ecs.succeed();
    await expect(plan()).rejects.toMatchObject({ name: 'Throttled' });
  });

  it('waits while ECR throttles: the missing tasks', async () => {
    const { plan, begin, ecs, good } = away(THROTTLED);
    ecs.runs(good, 2);
    begin();
    await expect(plan()).rejects.toMatchObject({ name: 'Throttled' });
  });

  it('fails with an answer that nothing explains', async () => {
    const { plan, begin } = away(awsError('ValidationException'));
    begin();
    await expect(plan()).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('the traffic goes back to an old task set, while ECR throttles,', () => {
  async function external(percent: number) {
    const world = openWorld();
    const shop = await openExternalShop(world);
    await shop.release('v2', { errorRate: 1 });
    shop.scale('v1', percent);
    vi.spyOn(world.world.ecr.operations['DescribeImages']!, 'run').mockImplementation(() => {
      throw new AwsError('ThrottlingException', 'Rate exceeded');
    });
    return mechanismOn(world, TARGET).mechanism.plan(wanted(TARGET));
  }

  it('at once where all its tasks run', async () => {
    expect(await external(100)).toMatchObject({ state: 'ready', rungs: [{ name: 'switch-back' }] });
  });

  it('only after the throttling where it must grow', async () => {
    await expect(external(25)).rejects.toMatchObject({ name: 'Throttled' });
  });
});
