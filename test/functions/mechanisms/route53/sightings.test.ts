import { describe, expect, it } from 'vitest';
import { deployed, seen } from '../../../../functions/mechanisms/route53/sightings.ts';
import { Route53Stage } from './stage.ts';

const look = ({ route53, ledger, world }: Route53Stage) =>
  seen(
    {
      route53,
      runningIn: () => Promise.resolve(new Map()),
      entriesOf: () => ledger.entries(),
      now: () => world.clock.iso(),
    },
    [{ arn: `arn:aws:route53:::hostedzone/${world.zone}`, tags: {} }],
  );

const readsOf = ({ route53 }: Route53Stage) => ({ route53, runningIn: () => Promise.resolve(new Map()) });

const asSighting = ({ target, deployment, at }: { target: string; deployment: string; at: string }) => ({
  ...{ target, deployment, completedAt: at, soakUntil: at },
});

describe('what the sweep sees', () => {
  it('is each weighted record of the zone once, and no other record', async () => {
    const stage = new Route53Stage();
    stage.world.weigh({ blue: 255, green: 0 });
    const at = stage.world.clock.iso();
    const deployment = await stage.idOf({ blue: 255, green: 0 }, at);
    expect(await look(stage)).toEqual([
      { target: stage.target, deployment, state: 'completed', at, reason: '' },
    ]);
  });

  it('keeps its id for as long as the weights stay', async () => {
    const stage = new Route53Stage();
    await stage.open({ blue: 255, green: 0 });
    const id = await stage.runs({ blue: 0, green: 255 });
    await stage.world.pass(3600);
    expect(await look(stage)).toMatchObject([{ deployment: id }]);
  });

  it('is a new one when weights come back that were there before', async () => {
    const stage = new Route53Stage();
    const first = await stage.open({ blue: 255, green: 0 });
    await stage.runs({ blue: 0, green: 255 });
    stage.world.weigh({ blue: 255, green: 0 });
    const [sighting] = await look(stage);
    expect(sighting?.deployment).not.toBe(first);
    expect(sighting?.at).toBe(stage.world.clock.iso());
  });
});

describe('what became of what was seen', () => {
  it('runs alone until the weights change, and is gone then', async () => {
    const stage = new Route53Stage();
    stage.world.weigh({ blue: 255, green: 0 });
    const [sighting] = await look(stage);
    const found = () => deployed(readsOf(stage), asSighting(sighting!));
    expect(await found()).toMatchObject({
      runs: 'alone',
      revision: { name: 'blue' },
      tags: { lastgood: 'auto' },
    });
    await stage.world.pass(1);
    stage.world.weigh({ blue: 254, green: 1 });
    expect(await found()).toMatchObject({ runs: 'gone' });
  });

  it('is nothing where the zone is gone', async () => {
    const stage = new Route53Stage();
    const target = 'route53:Z0GONE/www.example.com/A';
    const at = '2026-11-22T03:00:00.000Z';
    expect(
      await deployed(readsOf(stage), asSighting({ target, deployment: `blue=1 since ${at}`, at })),
    ).toBeNull();
  });
});
