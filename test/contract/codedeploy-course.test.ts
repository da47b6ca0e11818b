import { revisionAt } from '../../functions/mechanisms/codedeploy/revision-id.ts';
import { at, CodeDeployWorld, GOOD, NAMES } from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';
import { stage, TARGET } from '../functions/mechanisms/codedeploy/stage.ts';
import { courseContract, type CourseFixture } from './course.ts';

/** Puts a bundle on S3 once, and names it with its ETag. */
function put(world: CodeDeployWorld, name: string) {
  const { eTag } = world.world.bundles.put('bundles', `${name}.zip`, GOOD);
  const { s3Location, ...rest } = at(name);
  return { ...rest, s3Location: { ...s3Location, eTag } };
}

async function badOverGood(): Promise<CourseFixture> {
  const world = new CodeDeployWorld();
  const [good, bad, fix] = [put(world, 'v1'), put(world, 'v2'), put(world, 'v3')];
  const deploy = async (revision = bad) => {
    const { deploymentId = '' } = world.call('CreateDeployment', { ...NAMES, revision });
    await world.ended();
    await world.pass(120);
    return deploymentId;
  };
  let newest = bad;
  const deployNew = async (revision: typeof bad) => {
    newest = revision;
    await deploy(revision);
  };
  await deploy(good);
  await world.pass(600);
  await deploy(bad);
  const { mechanism, ledger, calls } = stage(world);
  return {
    mechanism,
    target: TARGET,
    ...{ good: revisionAt(good)!.id, bad: revisionAt(bad)!.id, fix: revisionAt(fix)!.id },
    writes: () => calls.filter((call) => /^(Create|Stop)Deployment$/.test(call)).length,
    prove: (id, completedAt) => {
      ledger.prove(id, completedAt);
    },
    now: () => world.world.clock.iso(),
    bringBack: () => deployNew(good),
    deployFix: () => deployNew(fix),
    deployAgain: () => deploy(newest),
  };
}

courseContract('codedeploy', badOverGood);
