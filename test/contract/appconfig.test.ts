import { AppConfigWorld, BAD, GOOD } from '@lastgood/embedded-aws/test/world/appconfig-world.ts';
import { stage, type Stage } from '../functions/mechanisms/appconfig/stage.ts';
import { courseContract, type CourseFixture } from './course.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';
import { supersededContract, type Superseded } from './superseded.ts';

/** An environment has one deployment at a time: the one in flight is stopped first. */
async function ready(world: AppConfigWorld): Promise<void> {
  const { Items: [newest] = [] } = world.call('ListDeployments', world.ids);
  if (['DEPLOYING', 'BAKING'].includes(newest?.State ?? '')) world.stop(newest!.DeploymentNumber!);
  await world.pass(15);
}

function fixture({ world, mechanism, writes, target }: Stage): Fixture {
  return {
    ...{ mechanism, target, writes, good: '1', bad: '2' },
    finish: () => world.pass(200),
    deployAnother: async () => {
      await ready(world);
      world.release(GOOD);
    },
    deployGood: async () => {
      await ready(world);
      world.deploy(1);
    },
  };
}

async function over(then: (world: AppConfigWorld) => void): Promise<Fixture> {
  const world = new AppConfigWorld();
  await world.pass(3600);
  then(world);
  return fixture(stage(world));
}

const slowly = (world: AppConfigWorld) => world.release(BAD, world.strategy(20, 5));

mechanismContract('appconfig', {
  inFlight: () => over(slowly),
  completed: () => over((world) => world.release(BAD)),
  rollingBack: () => over((world) => void world.stop(slowly(world))),
  first: () => fixture(stage()),
  missing: () => fixture(stage(new AppConfigWorld(), 'appconfig:none/none/none')),
});

/** A stop takes its seconds at once, so that Revert need not wait for the environment's place. */
const STOP_SECONDS = 15;

/** The way back is a new deployment, where the version before the newest one is not wanted. */
mechanismContract('appconfig, by a new deployment', {
  inFlight: async () => {
    const set = await later(slowly);
    return { ...set, writesToRevert: 2 };
  },
  completed: () => later((world) => world.release(BAD)),
  first: () => fixture(stage()),
  missing: () => fixture(stage(new AppConfigWorld(), 'appconfig:none/none/none')),
});

/** Another bad version came between the good one and the newest. The ledger has condemned it. */
async function later(then: (world: AppConfigWorld) => void): Promise<Fixture> {
  const world = new AppConfigWorld();
  await world.pass(3600);
  world.release(BAD);
  then(world);
  const set = stage(world, world.target, STOP_SECONDS);
  set.ledger.condemn('2');
  return { ...fixture(set), bad: '3', finish: () => world.pass(900) };
}

/**
 * Opens a profile whose good version is proven, and an older one too if asked. The next version was bad, and then the
 * version was changed again.
 */
async function superseded(older: boolean, then: 'reverted' | 'fixed'): Promise<Superseded> {
  const set = stage();
  const { world, ledger } = set;
  ledger.prove('1', world.clock.iso());
  if (older) {
    await world.pass(3600);
    world.release(GOOD);
    ledger.prove('2', world.clock.iso());
  }
  await world.pass(3600);
  const good = older ? '2' : '1';
  const number = world.release(BAD);
  const since = world.clock.iso();
  await world.pass(60);
  if (then === 'reverted') world.stop(number);
  else world.release(GOOD);
  const bad = String(number);
  const runs = then === 'reverted' ? good : String(number + 1);
  return { ...fixture(set), good, bad, runs, since };
}

supersededContract('appconfig', {
  putBack: (older) => superseded(older, 'reverted'),
  fixed: (older) => superseded(older, 'fixed'),
});

async function badOverGood(): Promise<CourseFixture> {
  const set = stage();
  const { world, ledger } = set;
  await world.pass(3600);
  world.release(BAD);
  await world.pass(60);
  let newest = 2;
  const deploy = async (version: number) => {
    newest = version;
    const number = world.deploy(version);
    await world.pass(60);
    return String(number);
  };
  world.publish(GOOD);
  return {
    ...fixture(set),
    fix: '3',
    prove: (id, completedAt) => ledger.prove(id, completedAt),
    now: () => world.clock.iso(),
    bringBack: async () => {
      await deploy(1);
    },
    deployFix: async () => {
      await deploy(3);
    },
    deployAgain: () => deploy(newest),
  };
}

courseContract('appconfig', badOverGood);
