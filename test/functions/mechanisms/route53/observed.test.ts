import { describe, expect, it } from 'vitest';
import { deployed, seen } from '../../../../functions/mechanisms/route53/observed.ts';
import { record } from '@lastgood/embedded-aws/test/world/route53-world.ts';
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

const asObserved = ({ target, deployment, at }: { target: string; deployment: string; at: string }) => ({
  ...{ target, deployment, completedAt: at, soakUntil: at },
});

describe('an observation of the sweep', () => {
  it('covers each weighted record of the zone once, and no other record', async () => {
    const stage = new Route53Stage();
    stage.world.weigh({ blue: 255, green: 0 });
    const at = stage.world.clock.iso();
    const deployment = await stage.idOf({ blue: 255, green: 0 }, at);
    expect(await look(stage)).toEqual([
      { target: stage.target, deployment, state: 'completed', at, reason: '' },
    ]);
  });

  it('keeps its id while the weights stay', async () => {
    const stage = new Route53Stage();
    await stage.open({ blue: 255, green: 0 });
    const id = await stage.runs({ blue: 0, green: 255 });
    await stage.world.pass(3600);
    expect(await look(stage)).toMatchObject([{ deployment: id }]);
  });

  it('is a new one if earlier weights come back', async () => {
    const stage = new Route53Stage();
    const first = await stage.open({ blue: 255, green: 0 });
    await stage.runs({ blue: 0, green: 255 });
    stage.world.weigh({ blue: 255, green: 0 });
    const [observation] = await look(stage);
    expect(observation?.deployment).not.toBe(first);
    expect(observation?.at).toBe(stage.world.clock.iso());
  });
});

describe('what runs behind the load balancer of an alias', () => {
  const DNSName = 'dualstack.blue-1.eu-west-1.elb.amazonaws.com';

  function aliased() {
    const stage = new Route53Stage();
    const { Name, Type, SetIdentifier } = record('blue', 255);
    const AliasTarget = { HostedZoneId: 'Z1', DNSName, EvaluateTargetHealth: true };
    stage.world.upsert({ Name, Type, SetIdentifier, Weight: 255, AliasTarget });
    const asked: string[] = [];
    const runningIn = (running: string) => (region: string) => {
      asked.push(region);
      return Promise.resolve(new Map([['blue-1.eu-west-1.elb.amazonaws.com', running]]));
    };
    const { route53, ledger, world } = stage;
    const zone = [{ arn: `arn:aws:route53:::hostedzone/${world.zone}`, tags: {} }];
    const found = async (running: string) => {
      const clients = { route53, runningIn: runningIn(running), now: () => world.clock.iso() };
      return (await seen({ ...clients, entriesOf: () => ledger.entries() }, zone))[0]!;
    };
    return { stage, asked, found, runningIn };
  }

  it('is part of the observation, and a change begins another run', async () => {
    const { stage, asked, found, runningIn } = aliased();
    const first = await found('aaaaaaaaaaaa');
    expect(first.deployment).toMatch(/^blue=255@[0-9a-f]{8}\.aaaaaaaaaaaa since /);
    stage.ledger.prove(first.deployment, first.at);
    await stage.world.pass(60);
    expect(await found('aaaaaaaaaaaa')).toEqual(first);
    expect((await found('bbbbbbbbbbbb')).deployment).toMatch(/bbbbbbbbbbbb since /);
    expect(asked).toEqual(['eu-west-1', 'eu-west-1', 'eu-west-1']);
    const reads = (running: string) => ({ route53: stage.route53, runningIn: runningIn(running) });
    expect(await deployed(reads('aaaaaaaaaaaa'), asObserved(first))).toMatchObject({ runs: 'alone' });
    expect(await deployed(reads('bbbbbbbbbbbb'), asObserved(first))).toMatchObject({ runs: 'gone' });
  });
});

describe('weights that are all 0', () => {
  it('are one run while they stay, with what is behind each record', async () => {
    const stage = new Route53Stage();
    stage.world.weigh({ blue: 0, green: 0 });
    const [first] = await look(stage);
    expect(first?.deployment).toMatch(/^blue=0@[0-9a-f]{8} green=0@[0-9a-f]{8} since /);
    stage.ledger.prove(first!.deployment, first!.at);
    await stage.world.pass(60);
    expect(await look(stage)).toEqual([first]);
  });
});

describe('the state of an observation', () => {
  it('is alone until the weights change, and then gone', async () => {
    const stage = new Route53Stage();
    stage.world.weigh({ blue: 255, green: 0 });
    const [observation] = await look(stage);
    const found = () => deployed(readsOf(stage), asObserved(observation!));
    expect(await found()).toMatchObject({
      runs: 'alone',
      revision: { name: 'blue' },
      tags: { lastgood: 'auto' },
    });
    await stage.world.pass(1);
    stage.world.weigh({ blue: 254, green: 1 });
    expect(await found()).toMatchObject({ runs: 'gone' });
  });

  it('is null if the zone is gone', async () => {
    const stage = new Route53Stage();
    const target = 'route53:Z0GONE/www.example.com/A';
    const at = '2026-11-22T03:00:00.000Z';
    expect(
      await deployed(readsOf(stage), asObserved({ target, deployment: `blue=1 since ${at}`, at })),
    ).toBeNull();
  });
});
