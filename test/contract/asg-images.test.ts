import { describe } from 'vitest';
import { Stage, TARGET } from '../functions/mechanisms/asg/stage.ts';
import { ARM, deployImage, withImage } from '../functions/mechanisms/asg/images.ts';
import { courseContract } from './course.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';

/** Deploys a bad image over a good one. */
async function over(
  strategy: 'Rolling' | 'ReplaceRootVolume',
  then: (stage: Stage) => Promise<unknown>,
  more: Partial<Fixture> = {},
): Promise<Fixture> {
  const { stage, image } = await withImage();
  const bad = stage.image({ errorRate: 1 });
  deployImage(stage, bad, strategy);
  await then(stage);
  return fixture(stage, image, bad, strategy, more);
}

function fixture(
  stage: Stage,
  good: string,
  bad: string,
  strategy: 'Rolling' | 'ReplaceRootVolume',
  more: Partial<Fixture> = {},
): Fixture {
  return {
    mechanism: stage.mechanism,
    target: TARGET,
    good: `${stage.id('1')}@${good}`,
    bad: `${stage.id('1')}@${bad}`,
    writes: () => stage.writes.length,
    finish: async () => {
      await stage.ended();
    },
    deployAnother: async () => {
      const isGoingOn = stage.newest()?.EndTime === undefined;
      if (isGoingOn) stage.asg('CancelInstanceRefresh', { WaitForTransitioningInstances: false });
      await stage.pass(10);
      deployImage(stage, stage.image(), strategy);
    },
    ...more,
  };
}

describe.each(['Rolling', 'ReplaceRootVolume'] as const)('images of instance types, %s', (strategy) => {
  mechanismContract(`asg, ${strategy}`, {
    inFlight: () => over(strategy, (stage) => stage.pass(90)),
    completed: () => over(strategy, (stage) => stage.ended(), { writesToRevert: 2 }),
    rollingBack: () =>
      over(strategy, async (stage) => {
        await stage.pass(150);
        stage.asg('RollbackInstanceRefresh');
        await stage.pass(5);
      }),
    first: async () => {
      const stage = new Stage();
      const version = stage.version();
      const image = stage.image();
      stage.create(version, { LaunchTemplate: undefined, ...stage.mixed(version, { [ARM]: image }) });
      await stage.pass(120);
      deployImage(stage, image, strategy);
      return fixture(stage, image, image, strategy);
    },
    missing: () => fixture(new Stage(), '', '', strategy),
  });

  courseContract(`asg, ${strategy}`, async () => {
    const { stage, image } = await withImage();
    const [bad, fix] = [stage.image({ errorRate: 1 }), stage.image()];
    const deploy = async (one: string) => {
      deployImage(stage, one, strategy);
      await stage.ended();
      await stage.pass(120);
    };
    await deploy(bad);
    const id = (one: string) => `${stage.id('1')}@${one}`;
    return {
      mechanism: stage.mechanism,
      target: TARGET,
      good: id(image),
      bad: id(bad),
      fix: id(fix),
      writes: () => stage.writes.length,
      prove: (revision, completedAt) => {
        stage.ledger.prove(revision, completedAt);
      },
      now: () => stage.world.clock.iso(),
      bringBack: () => deploy(image),
      deployFix: () => deploy(fix),
      deployAgain: async () => {
        const [{ ImageId = '' } = {}] = stage.group().MixedInstancesPolicy!.LaunchTemplate!.Overrides!;
        await deploy(ImageId);
        return stage.newest()!.InstanceRefreshId!;
      },
    };
  });
});
