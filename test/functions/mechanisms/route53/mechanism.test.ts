import { supported } from '../../../../functions/mechanisms/route53/supported.ts';
import { describe, expect, it } from 'vitest';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { planHash } from '../../../../src/approvals/plan-hash.ts';
import { named } from '../../../../src/aws/errors.ts';
import { after } from '../../../../src/rollback/time.ts';
import { planned, started, stopped, wanted, withWay } from '../../../contract/walk.ts';
import { ADDRESSES, record } from '@lastgood/embedded-aws/test/world/route53-world.ts';
import { Route53Stage } from './stage.ts';

/** Proves blue and sends everything to green. */
async function cutOver(): Promise<Route53Stage> {
  const stage = new Route53Stage();
  await stage.open({ blue: 255, green: 0 });
  await stage.runs({ blue: 0, green: 255 });
  return stage;
}

const plan = ({ mechanism, target }: Route53Stage, more = {}) => mechanism.plan(wanted(target, more));

describe('plan', () => {
  it('dates the deployment a minute before the first observation of its weights', async () => {
    const stage = await cutOver();
    const since = stage.world.clock.now() - 120_000;
    expect((await plan(stage)).deployment).toMatchObject({
      state: 'completed',
      startedAt: new Date(since - 60_000).toISOString(),
      finishedAt: new Date(since).toISOString(),
      isRollback: false,
    });
  });

  const unseen = async () => {
    const stage = new Route53Stage();
    await stage.open({ blue: 255, green: 0 });
    stage.world.weigh({ blue: 0, green: 255 });
    return stage;
  };

  it('dates unobserved weights at the claim or the look, however late the plan is', async () => {
    const stage = await unseen();
    const { since } = wanted(stage.target);
    expect((await plan(stage)).deployment).toMatchObject({ finishedAt: since, sights: { seenAt: since } });
    await stage.world.pass(300);
    expect((await plan(stage)).deployment?.finishedAt).toBe(since);
  });

  it('is the same before and after the sweep observed the switch', async () => {
    const stage = await unseen();
    const before = withWay(await plan(stage));
    stage.ledger.prove(await stage.idOf({ blue: 0, green: 255 }, after(before.deployment!.finishedAt!, 40)));
    const seen = withWay(await plan(stage));
    expect(seen.from.id).not.toBe(before.from.id);
    expect(planHash(seen)).toBe(planHash(before));
  });

  it('recognises by their id weights that were condemned before the sweep observed them: they are not proven or brought back', async () => {
    const stage = await unseen();
    const { from, deployment } = withWay(await plan(stage));
    const since = deployment!.finishedAt!;
    stage.ledger.prove(`blue=0 green=255 since ${after(since, 40)}`, after(since, 40));
    stage.ledger.condemn(from.id, after(since, 300));
    expect(await plan(stage)).toMatchObject({ from, deployment: { isRollback: false } });
    await stage.world.pass(120);
    stage.world.weigh({ blue: 255, green: 0 });
    stage.ledger.prove(`blue=255 green=0 since ${after(since, 3600)}`, after(since, 3600));
    expect(await plan(stage)).toMatchObject({ state: 'no-way-back' });
  });

  it('knows no deployment if nothing was ever observed', async () => {
    const stage = new Route53Stage();
    await stage.open({ blue: 255, green: 0 }, false);
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/no usable ones were proven/) as string,
    });
    expect((await plan(stage)).deployment).toBeUndefined();
  });

  it('distinguishes a way back: the weights that it replaced were condemned since', async () => {
    const stage = await cutOver();
    const bad = stage.ledger.list[0]!;
    await stage.runs({ blue: 255, green: 0 });
    stage.ledger.condemn(bad.state === 'candidate' ? bad.deployment : '', stage.world.clock.iso());
    expect((await plan(stage)).deployment?.isRollback).toBe(true);
  });

  it('passes over proven weights that are all 0, and ones whose record is gone', async () => {
    const stage = await cutOver();
    stage.ledger.prove('old=255 since 2026-11-22T01:00:00.000Z');
    stage.ledger.prove('blue=0 green=0 since 2026-11-22T01:30:00.000Z');
    const found = await plan(stage);
    expect(found).toMatchObject({ state: 'ready', to: { name: 'blue' } });
    expect('notes' in found ? found.notes.join('\n') : '').toMatch(
      /every weight would be 0[\s\S]*no record old any more/,
    );
  });

  it('treats other numbers with equal answers as the same deployment', async () => {
    const stage = await cutOver();
    const [before] = (await plan(stage)).recent ?? [];
    await stage.world.pass(3600);
    const id = await stage.runs({ blue: 0, green: 100 });
    expect((await plan(stage)).recent).toMatchObject([
      { id, startedAt: before?.startedAt, content: before?.content },
      { revision: { name: 'blue' } },
    ]);
  });

  it('passes over condemned weights', async () => {
    const stage = await cutOver();
    for (const entry of [...stage.ledger.list])
      if (entry.state === 'proven') stage.ledger.condemn(entry.revision.id);
    expect(await plan(stage)).toMatchObject({ state: 'no-way-back' });
  });

  it('passes over a proven step of a canary: the record that gained traffic would keep serving', async () => {
    const stage = await cutOver();
    stage.ledger.prove('blue=128 green=128 since 2026-11-22T02:05:00.000Z');
    const found = await plan(stage);
    expect('notes' in found ? found.notes : []).toContainEqual(
      expect.stringMatching(/^green gained traffic .* would keep serving/),
    );
  });

  it('accepts requested weights without their time', async () => {
    const stage = await cutOver();
    expect(await plan(stage, { revision: 'blue=100 green=1' })).toMatchObject({
      state: 'ready',
      source: 'request',
    });
  });

  it.each(['blue=0 green=255', 'green=255', 'green=1 blue=0'])(
    'has nothing to do when asked for %s, which every answer already gives',
    async (revision) => {
      expect(await plan(await cutOver(), { revision })).toMatchObject({
        state: 'nothing-to-do',
        reason: 'the weights are blue=0 green=255 already',
      });
    },
  );

  it('plans no way back to proven weights that would change no answer', async () => {
    const stage = new Route53Stage();
    await stage.open({ blue: 255, green: 0 });
    stage.ledger.prove('blue=100 green=0 since 2026-11-22T01:00:00.000Z');
    await stage.runs({ blue: 255, green: 0, fix: 0 });
    expect(await plan(stage)).toMatchObject({ state: 'no-way-back' });
  });

  it.each(['blue=0 green=0', 'purple=255', 'blue=300', 'blue'])(
    'refuses to be asked for %s',
    async (revision) => {
      const stage = await cutOver();
      await expect(plan(stage, { revision })).rejects.toMatchObject({
        name: 'InvalidRequest',
        field: 'request.revision',
      });
    },
  );

  it('refuses records that are not weighted', async () => {
    const stage = new Route53Stage();
    stage.world.upsert({
      Name: 'www.example.com',
      Type: 'A',
      TTL: 30,
      ResourceRecords: [{ Value: ADDRESSES.blue }],
    });
    await expect(plan(stage)).rejects.toMatchObject({
      name: 'UnsupportedTarget',
      message: expect.stringMatching(/not weighted/) as string,
    });
  });
});

describe('weights are proven with the revisions behind them', () => {
  const [BLUE, GREEN] = ['blue-1.eu-west-1.elb.amazonaws.com', 'green-1.eu-west-1.elb.amazonaws.com'];

  /** Sets up aliases of load balancers. Blue was proven while `first` ran behind it, and green has every answer. */
  async function aliased(first: string | null) {
    const stage = new Route53Stage();
    const alias = (side: 'blue' | 'green', Weight: number) => {
      const { Name, Type, SetIdentifier } = record(side, Weight);
      const DNSName = `dualstack.${side}-1.eu-west-1.elb.amazonaws.com`;
      const AliasTarget = { HostedZoneId: 'Z1', DNSName, EvaluateTargetHealth: true };
      return { Name, Type, SetIdentifier, Weight, AliasTarget };
    };
    const runs = (dnsName: string, running: string | null) =>
      stage.balancers.set(dnsName, {
        running,
        groups: [{ arn: `arn:aws:elb:targetgroup/${dnsName.split('-')[0]}/1`, healthy: 4, registered: 4 }],
      });
    stage.world.upsert(alias('blue', 0), alias('green', 255));
    runs(GREEN, 'aaaaaaaaaaaa');
    runs(BLUE, first);
    stage.ledger.prove(await stage.idOf({ blue: 255, green: 0 }, '2026-11-22T01:00:00.000Z'));
    const from = await stage.idOf({ blue: 0, green: 255 }, '2026-11-22T01:50:00.000Z');
    const observation = { target: stage.target, deployment: from, completedAt: '2026-11-22T01:50:00.000Z' };
    stage.ledger.list.unshift({ state: 'candidate', ...observation, soakUntil: observation.completedAt });
    const moves = () => stage.world.upsert(alias('blue', 255), alias('green', 0));
    return { stage, from, moves, becomes: (running: string | null) => runs(BLUE, running) };
  }

  it('and are passed over with another revision behind a load balancer', async () => {
    const { stage, becomes } = await aliased('bbbbbbbbbbbb');
    expect(await plan(stage)).toMatchObject({ state: 'ready', to: { name: 'blue' }, notes: [] });
    becomes('cccccccccccc');
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('passed over blue: blue no longer runs the proven revision') as string,
    });
  });

  it('and are not set if another revision was put there after the plan', async () => {
    const { stage, becomes } = await aliased('bbbbbbbbbbbb');
    const document = await planned(stage.mechanism, stage.target);
    becomes('cccccccccccc');
    expect(await stage.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'what answers for blue changed after the plan was made, so it is not proven',
    });
    expect(stage.writes()).toBe(0);
    becomes('bbbbbbbbbbbb');
    await stage.world.pass(60);
    expect(await stage.mechanism.revert(document)).toMatchObject({ state: 'started' });
  });

  it('and are not taken for its own if a pipeline set them with another revision there', async () => {
    const { stage, becomes, moves } = await aliased('bbbbbbbbbbbb');
    const document = await planned(stage.mechanism, stage.target);
    becomes('cccccccccccc');
    await stage.world.pass(60);
    moves();
    await stage.world.pass(60);
    expect(await stage.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'what answers for blue changed after the plan was made, so it is not proven',
      touched: true,
    });
  });

  it('and are not set if a record was pointed elsewhere after the plan', async () => {
    const stage = await cutOver();
    const document = await planned(stage.mechanism, stage.target);
    stage.world.upsert({ ...record('blue', 0), ResourceRecords: [{ Value: '198.51.100.77' }] });
    await stage.world.pass(60);
    expect(await stage.mechanism.revert(document)).toMatchObject({ state: 'failed' });
    expect(stage.writes()).toBe(0);
  });

  it('and are passed over if a record points elsewhere', async () => {
    const stage = await cutOver();
    stage.world.upsert({ ...record('blue', 0), ResourceRecords: [{ Value: '198.51.100.77' }] });
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('blue pointed elsewhere when the weights were proven') as string,
    });
  });

  it('and are taken, with a note, if AWS does not show the revisions', async () => {
    const unknown = [
      'it is unknown whether blue still runs the proven revision: AWS does not show what is behind it',
    ];
    const { stage, becomes } = await aliased(null);
    becomes('cccccccccccc');
    expect(await plan(stage)).toMatchObject({ state: 'ready', notes: unknown });
    const known = await aliased('bbbbbbbbbbbb');
    known.becomes(null);
    expect(await plan(known.stage)).toMatchObject({ state: 'ready', notes: unknown });
  });

  it('and are passed over if AWS does not show the revisions and they were at fault since', async () => {
    const { stage } = await aliased(null);
    stage.ledger.condemn('blue=255 green=0 since 2026-11-22T01:20:00.000Z', '2026-11-22T01:30:00.000Z');
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining(
        'it was at fault after it was proven, and it is unknown whether blue',
      ) as string,
    });
  });

  it('and stay condemned with them, whatever the numbers', async () => {
    const { stage } = await aliased('bbbbbbbbbbbb');
    const id = await stage.idOf({ blue: 100, green: 0 }, '2026-11-21T10:00:00.000Z');
    stage.ledger.condemn(id, '2026-11-21T11:00:00.000Z');
    expect(await plan(stage)).toMatchObject({ state: 'no-way-back' });
  });

  it('and are measured by the target groups of this Region, each side by its revision', async () => {
    const { stage, from } = await aliased('bbbbbbbbbbbb');
    const { meters = [], recent = [] } = await plan(stage);
    const sides = meters.filter(({ metric }) => metric === 'errors');
    expect(sides.map(({ dimensions, revision }) => [dimensions, revision])).toEqual([
      [{ TargetGroup: 'targetgroup/blue/1' }, recent[1]?.revision.id],
      [{ TargetGroup: 'targetgroup/green/1' }, from],
    ]);
    const elsewhere = stage.mechanismIn('us-east-1');
    expect(await elsewhere.plan(wanted(stage.target))).toMatchObject({ meters: [] });
  });
});

describe('records that carry no traffic', () => {
  it.each(['TXT', 'MX', 'CAA'])('of type %s are refused before the plan', (type) => {
    const records = [{ identifier: 'one', weight: 1, trafficPolicy: null }];
    const target = `route53:Z3M3LMPEXAMPLE/www.example.com/${type}`;
    expect(() => supported(target, records as never, null)).toThrow(
      `records of type ${type} carry no traffic`,
    );
    expect(supported(target.replace(type, 'A'), records as never, null)).toEqual({ one: 1 });
  });
});

describe('records that external-dns manages', () => {
  const noted = (Name: string, Value: string) => {
    return cutOver().then((stage) => {
      stage.world.upsert({ Name, Type: 'TXT', TTL: 300, ResourceRecords: [{ Value }] });
      return stage;
    });
  };
  const NOTE = '"heritage=external-dns,external-dns/owner=prod,external-dns/resource=ingress/shop/checkout"';

  it('are refused before the plan, with the name of their source', async () => {
    await expect(plan(await noted('a-www.example.com', NOTE))).rejects.toMatchObject({
      name: 'UnsupportedTarget',
      message: expect.stringMatching(
        /: external-dns sets its weights from ingress\/shop\/checkout, by the TXT record beside it/,
      ) as string,
    });
  });

  it.each([
    ['a-zzz.example.com', NOTE],
    ['a-www.example.com', '"v=spf1 -all"'],
  ])('are not recognised by %s with %s', async (name, value) => {
    expect(await plan(await noted(name, value))).toMatchObject({ state: 'ready' });
  });
});

describe('capacity before weight', () => {
  function aliases(healthyBlue: number): Route53Stage {
    const stage = new Route53Stage();
    const alias = (side: 'blue' | 'green', Weight: number) => {
      const { Name, Type, SetIdentifier } = record(side, Weight);
      const DNSName = `dualstack.${side}-1.eu-west-1.elb.amazonaws.com`;
      return {
        Name,
        Type,
        SetIdentifier,
        Weight,
        AliasTarget: { HostedZoneId: 'Z1', DNSName, EvaluateTargetHealth: true },
      };
    };
    stage.ledger.prove('blue=255 green=0 since 2026-11-22T01:00:00.000Z');
    stage.world.upsert(alias('blue', 0), alias('green', 255));
    const behind = (side: string, healthy: number) => ({
      running: null,
      groups: [{ arn: `targetgroup/${side}/1`, healthy, registered: 4 }],
    });
    stage.balancers.set('blue-1.eu-west-1.elb.amazonaws.com', behind('blue', healthyBlue));
    stage.balancers.set('green-1.eu-west-1.elb.amazonaws.com', behind('green', 4));
    return stage;
  }

  it.each([
    ['healthy', 'blue', 1],
    ['unhealthy', 'fix', 1],
    ['unknown', 'fix', 1],
  ] as const)(
    'reads the health check of a candidate only if there is another: %s goes to %s',
    async (state, to, reads) => {
      const stage = new Route53Stage();
      const HealthCheckId = stage.world.healthCheck(ADDRESSES.blue);
      stage.world.upsert(
        ...[record('green', 255), record('blue', 0), record('fix', 0)].map((one) => ({
          ...one,
          HealthCheckId,
        })),
      );
      stage.ledger.prove('blue=0 fix=255 green=0 since 2026-11-22T01:00:00.000Z', '2026-11-22T01:00:00.000Z');
      stage.ledger.prove('blue=255 fix=0 green=0 since 2026-11-22T01:20:00.000Z', '2026-11-22T01:20:00.000Z');
      let read = 0;
      stage.route53.healthCheck = () => {
        read++;
        return Promise.resolve({ state, says: 'the reason' });
      };
      const { notes, to: chosen } = withWay(await plan(stage));
      expect([chosen.name, read]).toEqual([to, reads]);
      const reason = 'passed over blue: blue cannot take it: the reason';
      expect(notes?.includes(reason)).toBe(to === 'fix');
    },
  );

  it('goes back to a load balancer with enough healthy targets, and watches them', async () => {
    expect(await plan(aliases(4))).toMatchObject({
      state: 'ready',
      watch: { targetGroups: [{ arn: 'targetgroup/blue/1', wanted: 4 }] },
    });
  });

  it.each([
    [0, /target group blue has no healthy target/],
    [3, /3 healthy targets behind its load balancer of 4 needed/],
  ])('does not go back to one with %i', async (healthy, reason) => {
    expect(await plan(aliases(healthy))).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(reason) as string,
    });
  });

  const behindGreen = (stage: Route53Stage, healthy: number, registered: number) =>
    stage.balancers.set('green-1.eu-west-1.elb.amazonaws.com', {
      running: null,
      groups: [{ arn: 'targetgroup/green/1', healthy, registered }],
    });

  it('needs as many as are registered for the traffic, however few of those are healthy', async () => {
    const stage = aliases(3);
    behindGreen(stage, 1, 4);
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/3 healthy targets .* of 4 needed/) as string,
    });
  });

  it('does not go back to a load balancer without any target', async () => {
    const stage = aliases(4);
    stage.balancers.set('blue-1.eu-west-1.elb.amazonaws.com', { running: null, groups: [] });
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/0 healthy targets .* of 4 needed/) as string,
    });
  });

  it('needs no more than those behind the serving record', async () => {
    const stage = aliases(4);
    const DNSName = 'idle-1.eu-west-1.elb.amazonaws.com';
    const green = stage.world.records().find(({ SetIdentifier }) => SetIdentifier === 'green')!;
    await stage.world.pass(1);
    stage.world.upsert({
      ...green,
      SetIdentifier: 'idle',
      Weight: 0,
      AliasTarget: { ...green.AliasTarget!, DNSName },
    });
    stage.balancers.set(DNSName, {
      running: null,
      groups: [{ arn: 'targetgroup/idle/1', healthy: 9, registered: 9 }],
    });
    expect(await plan(stage)).toMatchObject({ state: 'ready', to: { name: 'blue' } });
  });

  it('does not go back to a load balancer that was not found', async () => {
    const stage = aliases(4);
    stage.balancers.delete('blue-1.eu-west-1.elb.amazonaws.com');
    expect(await plan(stage)).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/was not found/) as string,
    });
  });

  it('says so if no health check watches a record', async () => {
    const found = await plan(await cutOver());
    expect('notes' in found ? found.notes : []).toContainEqual(
      expect.stringMatching(/^blue: it has no health check/),
    );
  });

  it('checks again directly before the write', async () => {
    const stage = aliases(4);
    const document = await planned(stage.mechanism, stage.target);
    stage.balancers.delete('blue-1.eu-west-1.elb.amazonaws.com');
    expect(await stage.mechanism.revert(document)).toMatchObject({ state: 'failed' });
    expect(stage.writes()).toBe(0);
  });
});

describe('revert', () => {
  it('changes the weights and nothing else, in one change', async () => {
    const stage = await cutOver();
    const HealthCheckId = stage.world.healthCheck(ADDRESSES.blue);
    stage.world.upsert({ ...record('blue', 0), HealthCheckId });
    await stage.world.pass(60);
    const before = stage.world.records();
    await stage.mechanism.revert(await planned(stage.mechanism, stage.target));
    const weights: Record<string, number> = { blue: 255, green: 0 };
    const wanted = before.map((one) =>
      one.Weight === undefined ? one : { ...one, Weight: weights[one.SetIdentifier!] },
    );
    expect(stage.world.records()).toEqual(wanted);
    expect(stage.writes()).toBe(1);
  });

  it.each([{ lastgood: 'observe' }, { lastgood: 'none' }])(
    'writes nothing to a zone that is tagged %j',
    async (tags) => {
      const stage = await cutOver();
      const document = await planned(stage.mechanism, stage.target);
      stage.world.tag(tags);
      await expect(stage.mechanism.revert(document)).rejects.toMatchObject({ name: 'NotPermitted' });
      expect(stage.writes()).toBe(0);
    },
  );

  it('retries while Route 53 is busy with the zone', async () => {
    const stage = await cutOver();
    const document = await planned(stage.mechanism, stage.target);
    stage.world.upsert({
      Name: 'other.example.com',
      Type: 'A',
      TTL: 30,
      ResourceRecords: [{ Value: '192.0.2.9' }],
    });
    const busy = await Promise.resolve(stage.mechanism.revert(document)).catch(named);
    expect(busy).toMatchObject({ name: 'Throttled' });
    await stage.world.pass(1);
    expect(await stage.mechanism.revert(document)).toMatchObject({ state: 'started' });
  });

  it('fails if Route 53 refuses the records', async () => {
    const stage = await cutOver();
    const document = await planned(stage.mechanism, stage.target);
    const { ChangeResourceRecordSets } = stage.world.route53.operations;
    ChangeResourceRecordSets.run = () => {
      throw new AwsError('InvalidChangeBatch', '[no]');
    };
    expect(await stage.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'InvalidChangeBatch: [no]',
    });
  });
});

describe('settled', () => {
  it('waits for the name servers, and then for the TTL', async () => {
    const stage = await cutOver();
    const { mechanism, target, world } = stage;
    const document = await started(mechanism, await stopped(mechanism, await planned(mechanism, target)));
    expect(await mechanism.settled(document)).toMatchObject({
      summary: expect.stringMatching(/name servers/) as string,
    });
    await world.pass(60);
    expect(await mechanism.settled(document)).toMatchObject({
      summary: expect.stringMatching(/resolvers/) as string,
    });
    await world.pass(29);
    expect(await mechanism.settled(document)).toMatchObject({ state: 'pending' });
    await world.pass(2);
    expect(await mechanism.settled(document)).toMatchObject({ state: 'settled' });
  });

  it('fails if the records are gone', async () => {
    const stage = await cutOver();
    const { mechanism, target, world } = stage;
    const document = await started(mechanism, await stopped(mechanism, await planned(mechanism, target)));
    await world.pass(1);
    const gone = [record('blue', 255), record('green', 0)];
    const kept = world.records().filter(({ Weight }) => Weight !== undefined);
    expect(kept).toHaveLength(gone.length);
    world.change(...kept.map((one) => ({ Action: 'DELETE' as const, ResourceRecordSet: one })));
    expect(await mechanism.settled(document)).toEqual({
      state: 'failed',
      reason: 'there is no such record any more',
      isGone: true,
    });
  });
});
