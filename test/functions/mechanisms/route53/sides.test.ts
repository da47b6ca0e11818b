import { describe, expect, it } from 'vitest';
import { record } from '@lastgood/embedded-aws/test/world/route53-world.ts';
import { followed } from '../../../contract/follow.ts';
import { Route53Stage } from './stage.ts';

const ON = { lastgood: 'auto', 'lastgood:lookout': 'act' };
const read = (stage: Route53Stage) => stage.mechanism.sides(followed(stage.target, stage.world.clock.iso()));
const groupOf = (side: string) =>
  `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${side}/73e2d6bc24d8a067`;

/** Puts a load balancer behind each of two records, and gives green some traffic. */
async function aliased(): Promise<Route53Stage> {
  const stage = new Route53Stage();
  stage.world.tag(ON);
  const alias = (side: 'blue' | 'green', Weight: number) => {
    const { Name, Type, SetIdentifier } = record(side, Weight);
    const DNSName = `dualstack.${side}-1.eu-west-1.elb.amazonaws.com`;
    const AliasTarget = { HostedZoneId: 'Z1', DNSName, EvaluateTargetHealth: true };
    return { Name, Type, SetIdentifier, Weight, AliasTarget };
  };
  for (const side of ['blue', 'green'])
    stage.balancers.set(`${side}-1.eu-west-1.elb.amazonaws.com`, {
      running: null,
      groups: [{ arn: groupOf(side), healthy: 4, registered: 4 }],
    });
  stage.world.upsert(alias('blue', 230), alias('green', 25));
  const proven = '2026-11-22T01:00:00.000Z';
  stage.ledger.prove(await stage.idOf({ blue: 255, green: 0 }, proven), proven);
  const at = stage.world.clock.iso();
  const deployment = await stage.idOf({ blue: 230, green: 25 }, at);
  const seen = { target: stage.target, deployment, completedAt: at, soakUntil: at };
  stage.ledger.list.unshift({ state: 'candidate', ...seen });
  return stage;
}

describe('the sides of a change of DNS weights', () => {
  it('are the load balancers behind the records, measured apart', async () => {
    const sides = await read(await aliased());
    expect(sides).toMatchObject({
      state: 'sides',
      newer: { groups: [groupOf('green')] },
      older: { groups: [groupOf('blue')] },
    });
  });

  it('are none without the tag', async () => {
    const stage = await aliased();
    stage.world.tag({ lastgood: 'auto', 'lastgood:lookout': 'off' });
    expect(await read(stage)).toMatchObject({ reason: 'The target has no tag lastgood:lookout.' });
  });

  it('are none where no load balancer stands behind a record: nothing measures one side alone', async () => {
    const stage = new Route53Stage();
    stage.world.tag(ON);
    await stage.open({ blue: 255, green: 0 });
    await stage.runs({ blue: 230, green: 25 });
    expect(await read(stage)).toEqual({
      state: 'none',
      reason: 'The records of the two sides lead to no load balancers of their own in this Region.',
    });
  });
});
