import { openCodeDeployShop } from '../../local/scenarios/ecs/code-deploy-shop.ts';
import { TARGET } from '../../local/scenarios/ecs/target.ts';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import { mechanismOn, openWorld } from './ecs-stage.ts';
import { courseContract, type CourseFixture } from './course.ts';

const FAULTY = { errorRate: 1 };
const WRITES = /^(Create|Stop)Deployment$/;

const definition = (number: number) => arn('ecs', `task-definition/checkout:${number}`);

async function underCodeDeploy(): Promise<CourseFixture> {
  const stage = openWorld();
  const shop = await openCodeDeployShop(stage, { keepsOldMinutes: 0 });
  const { mechanism, accepted, ledger } = mechanismOn(stage, TARGET);
  let newest = 'v2';
  const deployed = async (name: string, isNew = false) => {
    newest = name;
    const id = isNew ? shop.release(name, FAULTY) : shop.putBack(name);
    await shop.ended(id);
    await stage.minutes(2);
    return id;
  };
  await deployed('v2', true);
  return {
    mechanism,
    target: TARGET,
    ...{ good: definition(2), bad: definition(3), fix: definition(4) },
    writes: () => accepted.filter((call) => WRITES.test(call)).length,
    prove: (id, completedAt) => {
      ledger.prove(id, completedAt);
    },
    now: () => stage.world.clock.iso(),
    bringBack: async () => {
      await deployed('v1');
    },
    deployFix: async () => {
      await deployed('v3', true);
    },
    deployAgain: () => deployed(newest),
  };
}

courseContract('ecs under CODE_DEPLOY', underCodeDeploy);
