import { released, stage, TARGET, type Stage } from '../functions/mechanisms/external/stage.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';
import { supersededContract, type Superseded } from './superseded.ts';

function fixture(set: Stage, target = TARGET): Fixture {
  const { mechanism, asked, answer, report } = set;
  return {
    mechanism,
    target,
    good: 'good',
    bad: 'bad',
    writes: () => asked().length,
    finish: async () => {
      await answer(asked()[0]!, { state: 'done', revision: 'good' });
    },
    deployAnother: async () => {
      await report('another');
    },
  };
}

mechanismContract('external', {
  inFlight: async () => fixture(await released('started')),
  completed: async () => fixture(await released()),
  first: async () => {
    const set = stage();
    await set.report('bad');
    return fixture(set);
  },
  missing: async () => fixture(await released(), 'external:argocd/cart'),
});

async function superseded(older: boolean, then: 'put back' | 'fixed'): Promise<Superseded> {
  const set = stage();
  const proven = async (revision: string) => {
    await set.report(revision);
    set.ledger.prove(revision, set.clock.now);
    set.pass(3600);
  };
  if (older) await proven('older');
  await proven('good');
  await set.report('bad');
  const since = set.clock.now;
  const runs = then === 'put back' ? 'good' : 'fix';
  await set.report(runs);
  return { ...fixture(set), runs, since };
}

supersededContract('external', {
  putBack: (older) => superseded(older, 'put back'),
  fixed: (older) => superseded(older, 'fixed'),
});
