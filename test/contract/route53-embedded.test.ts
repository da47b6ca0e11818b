import { Route53Stage } from '../functions/mechanisms/route53/stage.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';
import { supersededContract, type Superseded } from './superseded.ts';

async function fixture(now: { blue: number; green: number }, known = true): Promise<Fixture> {
  const stage = new Route53Stage();
  const good = await stage.open({ blue: 255, green: 0 }, known);
  const bad = known ? await stage.runs(now) : '';
  return {
    ...stage.stand(),
    good,
    bad,
    returnsIdOnce: true,
    finish: () => stage.world.pass(200),
    deployAnother: async () => {
      await stage.world.pass(1);
      stage.world.weigh({ blue: 0, green: 0, fix: 255 });
    },
  };
}

mechanismContract('route53, on the embedded AWS', {
  inFlight: () => fixture({ blue: 230, green: 25 }),
  completed: () => fixture({ blue: 0, green: 255 }),
  first: () => fixture({ blue: 255, green: 0 }, false),
  missing: () => ({
    ...new Route53Stage().stand('route53:Z0MISSING/www.example.com/A'),
    ...{ good: '', bad: '', finish: () => undefined, deployAnother: () => undefined },
  }),
});

/** Opens a target where blue is proven, green was bad, and all traffic went to another record. */
async function superseded(older: boolean, now: { blue?: number; fix?: number }): Promise<Superseded> {
  const stage = new Route53Stage();
  if (older) stage.ledger.prove('fix=1 since 2026-11-21T22:00:00.000Z', '2026-11-21T22:00:00.000Z');
  const good = await stage.open({ blue: 255, green: 0 });
  await stage.world.pass(600);
  const since = stage.world.clock.iso();
  const bad = await stage.runs({ blue: 0, green: 255 });
  const runs = await stage.runs({ blue: 0, green: 0, ...now });
  return { ...stage.stand(), good, bad, runs, since };
}

supersededContract('route53, on the embedded AWS', {
  putBack: (older) => superseded(older, { blue: 255 }),
  fixed: (older) => superseded(older, { fix: 255 }),
});
