import { Stage, TARGET } from '../functions/mechanisms/asg/stage.ts';
import { courseContract, type CourseFixture } from './course.ts';

async function badOverGood(): Promise<CourseFixture> {
  const stage = await Stage.good();
  const deploy = async (version: string) => {
    stage.refresh(version);
    await stage.ended();
    await stage.pass(120);
  };
  await deploy(stage.version({ errorRate: 1 }));
  return {
    mechanism: stage.mechanism,
    target: TARGET,
    good: stage.id('1'),
    bad: stage.id('2'),
    fix: stage.id('3'),
    writes: () => stage.writes.length,
    prove: (id, completedAt) => {
      stage.ledger.prove(id, completedAt);
    },
    now: () => stage.world.clock.iso(),
    bringBack: () => deploy('1'),
    deployFix: () => deploy(stage.version()),
    deployAgain: async () => {
      await deploy(stage.group().LaunchTemplate!.Version!);
      return stage.newest()!.InstanceRefreshId!;
    },
  };
}

courseContract('asg', badOverGood);
