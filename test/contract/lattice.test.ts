import { describe } from 'vitest';
import { after } from '../../src/rollback/time.ts';
import { openStage, PROVEN_SINCE, SINCE, type Weights } from '../functions/mechanisms/lattice/stage.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';
import { supersededContract, type Superseded } from './superseded.ts';

interface Options {
  readonly rule?: true;
  readonly known?: false;
}

async function fixture(weights: Weights, { rule, known }: Options = {}): Promise<Fixture> {
  const stage = await openStage(weights, rule === true ? { rule } : {});
  const bad = stage.observe(SINCE, weights);
  if (known === false) stage.ledger.list.pop();
  return {
    mechanism: stage.mechanism,
    target: stage.target,
    good: stage.idOf(PROVEN_SINCE, { blue: 1 }),
    bad,
    writes: stage.writes,
    finish: () => stage.world.pass(3 * 3600),
    deployAnother: () => stage.weigh({ blue: 1, green: 2 }),
  };
}

describe.each([['a listener'], ['a rule']])('%s', (what) => {
  const rule = what === 'a rule' ? ({ rule: true } as const) : {};
  mechanismContract(`lattice, ${what}`, {
    inFlight: () => fixture({ blue: 90, green: 10 }, rule),
    completed: () => fixture({ blue: 0, green: 100 }, rule),
    first: () => fixture({ blue: 100, green: 0 }, { ...rule, known: false }),
    missing: async () => {
      const there = await fixture({ blue: 0, green: 100 }, rule);
      return { ...there, target: there.target.replace(/[0-9a-f]{16}$/, '0123456789abcdef') };
    },
  });
});

/**
 * Opens a target where blue is proven and the bad release was behind green. With `older`, an earlier release was proven
 * behind green.
 */
async function superseded(older: boolean, then: 'put back' | 'fixed'): Promise<Superseded> {
  const last: Weights = then === 'put back' ? { blue: 1, green: 0 } : { blue: 0, green: 1 };
  const stage = await openStage(last);
  stage.ledger.list.length = 0;
  if (older) {
    const earlier = '2026-11-21T22:00:00.000Z';
    stage.stands('green', 'lt-green:0');
    stage.ledger.prove(stage.idOf(earlier, { green: 1 }), earlier);
  }
  stage.stands('blue', 'lt-blue:1');
  const good = stage.idOf(PROVEN_SINCE, { blue: 1 });
  stage.ledger.prove(good, PROVEN_SINCE);
  stage.stands('green', 'lt-green:1');
  const bad = stage.observe(SINCE, { green: 1 });
  if (then === 'fixed') stage.stands('green', 'lt-green:2');
  const runs = stage.observe(after(SINCE, 120), last);
  const { mechanism, target, writes } = stage;
  return { mechanism, target, good, bad, runs, since: SINCE, writes };
}

supersededContract('lattice, on the embedded AWS', {
  putBack: (older) => superseded(older, 'put back'),
  fixed: (older) => superseded(older, 'fixed'),
});
