import { Route53Stage } from '../functions/mechanisms/route53/stage.ts';
import { mechanismContract, type Stand } from './mechanism.ts';

async function stand(now: { blue: number; green: number }, known = true): Promise<Stand> {
  const stage = new Route53Stage();
  const good = await stage.open({ blue: 255, green: 0 }, known);
  const bad = known ? await stage.runs(now) : '';
  return {
    ...stage.stand(),
    good,
    bad,
    tellsIdOnce: true,
    finish: () => stage.world.pass(200),
    deployAnother: async () => {
      await stage.world.pass(1);
      stage.world.weigh({ blue: 0, green: 0, fix: 255 });
    },
  };
}

mechanismContract('route53, on the embedded AWS', {
  inFlight: () => stand({ blue: 230, green: 25 }),
  completed: () => stand({ blue: 0, green: 255 }),
  first: () => stand({ blue: 255, green: 0 }, false),
  missing: () => ({
    ...new Route53Stage().stand('route53:Z0MISSING/www.example.com/A'),
    ...{ good: '', bad: '', finish: () => undefined, deployAnother: () => undefined },
  }),
});
