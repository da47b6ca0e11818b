import { action, declaring, PROD, SOURCE } from '@lastgood/embedded-aws/test/world/pipeline-world.ts';
import { stage, TARGET, type Stage } from '../functions/mechanisms/pipeline/stage.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';
import { supersededContract, type Superseded } from './superseded.ts';

function fixture({ world, mechanism, writes, good }: Stage, bad: string, target = TARGET): Fixture {
  return {
    ...{ mechanism, target, good, bad },
    writes: () => writes().length,
    finish: () => world.run(90),
    deployAnother: async () => {
      world.start('c3');
      await world.run(90);
    },
  };
}

/** A stage after Prod, in which an execution stays for long. */
const LATER = { name: 'Later', actions: [action('Wait', 'Approval', 'Manual')] };

mechanismContract('pipeline, a stage of CodePipeline', {
  // A stage that runs has no plan. In flight is an execution that has left the stage and goes on.
  inFlight: async () => {
    const set = await stage(declaring([SOURCE, PROD, LATER]));
    const token = set.world.stage('Later').actionStates?.[0]?.latestExecution?.token;
    const names = { pipelineName: 'checkout', stageName: 'Later', actionName: 'Wait' };
    set.world.call('PutApprovalResult', { ...names, token, result: { status: 'Approved' } });
    return fixture(set, await set.world.release('c2'));
  },
  completed: async () => {
    const set = await stage();
    return fixture(set, await set.world.release('c2'));
  },
  rollingBack: async () => {
    const set = await stage(declaring([SOURCE, { ...PROD, onFailure: { result: 'ROLLBACK' } }]));
    set.world.codepipeline.failsNext('Deploy', 'out of memory');
    const bad = set.world.start('c2');
    await set.world.run(70);
    return fixture(set, bad);
  },
  first: async () => {
    const set = await stage();
    set.ledger.list.length = 0;
    return fixture(set, set.good);
  },
  missing: async () => {
    const set = await stage();
    return fixture(set, set.good, 'pipeline:checkout/Beta');
  },
});

async function superseded(older: boolean, then: 'put back' | 'fixed'): Promise<Superseded> {
  const set = await stage();
  const { world, ledger } = set;
  const { clock } = world.surroundings;
  await world.run(3600);
  let { good } = set;
  if (older) {
    good = await world.release('c1b');
    ledger.prove(good, clock.iso());
    await world.run(3600);
  }
  const since = clock.iso();
  const bad = await world.release('c2');
  if (then === 'put back') world.rollBack(good);
  const runs = then === 'put back' ? good : await world.release('c3');
  await world.run(120);
  return { ...fixture(set, bad), good, bad, runs, since };
}

supersededContract('pipeline', {
  putBack: (older) => superseded(older, 'put back'),
  fixed: (older) => superseded(older, 'fixed'),
});
