import { describe, expect, it } from 'vitest';
import { reconcilerOf } from '../../../../functions/mechanisms/route53/reconcile.ts';
import { COUNTS, MORE, PAGES, PROOFS } from '../../../../functions/mechanisms/route53/shares.ts';
import { sightInZone, unitOf } from '../../../../functions/mechanisms/route53/unit.ts';
import type { OptedIn } from '../../../../src/aws/opted-in.ts';
import type { ObservedRevision } from '../../../../src/ledger/ledger.ts';
import { idOf, marksOf, type Round } from '../../../../src/ledger/rounds.ts';
import { after } from '../../../../src/rollback/time.ts';
import type { Seen, SweepContext } from '../../../../src/targets/kind.ts';
import { clientOf, record } from '@lastgood/embedded-aws/test/world/route53-world.ts';
import { Route53Stage } from './stage.ts';

const BALANCER = 'blue-1.eu-west-1.elb.amazonaws.com';

/** A Region in which Lastgood may read nothing. */
const UNREADABLE = 'eu-south-2';

/** A sweep of the kind. */
function sweep() {
  const stage = new Route53Stage();
  const { world, ledger } = stage;
  const calls: string[] = [];
  const client = clientOf(world.route53, calls);
  const running = new Map<string, string>();
  const asked: string[] = [];
  const balancers = {
    running: (region: string) => {
      asked.push(region);
      const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
      return region === UNREADABLE ? Promise.reject(denied) : Promise.resolve(running);
    },
  };
  const optedIn: OptedIn[] = [
    { arn: `arn:aws:route53:::hostedzone/${world.zone}`, tags: { lastgood: 'auto' } },
  ];
  const cold = () => reconcilerOf(client, balancers);
  let reconciler = cold();
  const contextAt = (now: string): SweepContext => ({
    optedIn: () => Promise.resolve(optedIn),
    entriesOf: () => ledger.entries(),
    now,
  });
  const context = () => contextAt(world.clock.iso());
  /** Reads all pages of one minute. */
  const look = async (at = context()): Promise<readonly Seen[]> => {
    const found: Seen[] = [];
    for (const unit of await reconciler.units(at)) found.push(...(await reconciler.read([unit], at)));
    return found;
  };
  const observed = async (before: string | null = null) => {
    const at = world.clock.iso();
    const sight = { at, before, isNew: true, entries: () => ledger.entries() };
    return (await Promise.all((await look()).map((seen) => seen.observed(sight)))).flat();
  };
  const deployed = async (deployment: string, target = stage.target) => {
    const at = world.clock.iso();
    const one = { target, deployment, completedAt: at, soakUntil: at };
    const [found] = await reconciler.deployed([one], context());
    if (found?.status !== 'fulfilled') throw found?.reason;
    return found.value;
  };
  /** Adds one weighted name each, as many to a change as Route 53 accepts. */
  const add = async (names: readonly string[]) => {
    const { Type, TTL, ResourceRecords } = record('blue', 1);
    const one = { Type, TTL, ResourceRecords, SetIdentifier: 'blue', Weight: 1 };
    for (let from = 0; from < names.length; from += 400) {
      world.upsert(
        ...names.slice(from, from + 400).map((name) => ({ ...one, Name: `${name}.example.com.` })),
      );
      await world.pass(90);
    }
  };
  const numbered = (count: number, prefix = 'n') =>
    Array.from({ length: count }, (_, n) => `${prefix}${String(n).padStart(5, '0')}`);
  const fill = (count: number) => add(numbered(count));
  return {
    ...{
      stage,
      world,
      ledger,
      calls,
      running,
      asked,
      optedIn,
      look,
      observed,
      deployed,
      add,
      numbered,
      fill,
      context,
    },
    restart: () => (reconciler = cold()),
    units: () => reconciler.units(context()),
    read: (index: number, at = context()) => reconciler.read([unitOf(world.zone, index)], at),
    lists: () => calls.filter((call) => call === 'ListResourceRecordSets').length,
  };
}

const targetsIn = (seen: readonly Seen[]) => new Set(seen.map(({ target }) => target));

describe('a zone', () => {
  it('of one page is read by one call, with all its weighted names and no other', async () => {
    const { stage, world, look, lists, fill } = sweep();
    world.weigh({ blue: 255, green: 0 });
    await world.pass(90);
    await fill(50);
    const targets = targetsIn(await look());
    expect(targets.size).toBe(51);
    expect(targets).toContain(stage.target);
    expect(lists()).toBe(1);
  });

  it('of thousands of records is read in pages, each by one call, and no name is left out', async () => {
    const { look, lists, fill, calls, units } = sweep();
    await fill(1600);
    expect((await units()).length).toBeGreaterThan(6);
    calls.length = 0;
    const cold = await look();
    expect(targetsIn(cold).size).toBe(1600);
    expect(lists()).toBeLessThanOrEqual((await units()).length + MORE.callsPerMinute);
    calls.length = 0;
    expect(targetsIn(await look()).size).toBe(1600);
  });

  it('shows every name after names were added and deleted between its pages', async () => {
    const { look, fill, add, numbered } = sweep();
    await fill(900);
    await look();
    await add(numbered(120, 'n00100x'));
    await look();
    expect(targetsIn(await look()).size).toBe(1020);
  });

  it('is found again in the middle of its pages after a cold start', async () => {
    const { look, read, restart, units, fill, lists, calls, context } = sweep();
    await fill(1000);
    const warm = (await look()).filter(({ unit }) => unit.name === '0002').map(({ target }) => target);
    restart();
    await units();
    calls.length = 0;
    const at = context();
    expect((await read(2, at)).map(({ target }) => target)).toEqual(warm);
    expect(lists()).toBe(3);
    await read(1, at);
    expect(lists()).toBe(3);
  });

  it('that is gone shows nothing', async () => {
    const { optedIn, look } = sweep();
    optedIn.splice(0, 1, { arn: 'arn:aws:route53:::hostedzone/Z0GONE', tags: {} });
    expect(await look()).toEqual([]);
  });

  it('costs with its proofs a fifth of the rate at most', () => {
    const all = [PAGES, MORE, COUNTS, PROOFS].reduce((sum, { callsPerMinute }) => sum + callsPerMinute, 0);
    expect(all).toBeLessThanOrEqual((5 * 60) / 5);
  });
});

describe('a change of weights', () => {
  it('was made between two sights, and is new only once', async () => {
    const { stage, world, observed } = sweep();
    world.weigh({ blue: 255, green: 0 });
    const at = world.clock.iso();
    const before = after(at, -300);
    const deployment = await stage.idOf({ blue: 255, green: 0 }, at);
    expect(await observed(before)).toEqual([
      { target: stage.target, deployment, state: 'completed', at, notBefore: before, reason: '' },
    ]);
    expect((await observed())[0]).not.toHaveProperty('notBefore');
    await world.pass(90);
    await stage.runs({ blue: 0, green: 255 });
    expect(await observed(before)).toEqual([]);
    world.weigh({ blue: 255, green: 0 });
    expect(await observed(before)).toMatchObject([{ at: world.clock.iso() }]);
    const [recorded] = await stage.ledger.entries();
    expect(await observed()).toMatchObject([{ notBefore: (recorded as ObservedRevision).completedAt }]);
  });

  it('and what runs behind an alias are its content; balancers are listed once, if needed', async () => {
    const { world, look, running, asked, context } = sweep();
    world.weigh({ green: 0 });
    await look();
    expect(asked).toEqual([]);
    await world.pass(90);
    const { Name, Type, SetIdentifier } = record('blue', 255);
    const AliasTarget = { HostedZoneId: 'Z1', DNSName: `dualstack.${BALANCER}`, EvaluateTargetHealth: true };
    world.upsert({ Name, Type, SetIdentifier, Weight: 255, AliasTarget });
    running.set(BALANCER, 'aaaaaaaaaaaa');
    const at = context();
    const [first] = await look(at);
    await look(at);
    expect(asked).toEqual(['eu-west-1']);
    running.set(BALANCER, 'bbbbbbbbbbbb');
    const [second] = await look();
    expect(second?.content).not.toBe(first?.content);
  });

  it('in a Region that cannot be read is reconciled by its weights, and hides no other record', async () => {
    const { world, look, fill, deployed, context } = sweep();
    await fill(3);
    const { Name, Type, SetIdentifier } = record('blue', 255);
    const DNSName = BALANCER.replace('eu-west-1', UNREADABLE);
    const AliasTarget = { HostedZoneId: 'Z1', DNSName, EvaluateTargetHealth: true };
    await world.pass(90);
    world.upsert({ Name, Type, SetIdentifier, Weight: 255, AliasTarget });
    const found = await look();
    const [partial, ...others] = found.toSorted((one) => (one.lacks === undefined ? 1 : -1));
    expect(others.map(({ lacks }) => lacks)).toEqual([undefined, undefined, undefined]);
    expect(partial?.lacks).toBe('eu-south-2: AccessDeniedException: not authorized');
    const entries = () => Promise.resolve([]);
    const sight = { at: context().now, before: null, isNew: true, entries };
    const [one] = (await partial?.observed(sight)) ?? [];
    expect(one).toMatchObject({ target: partial?.target, state: 'completed' });
    await expect(deployed(one?.deployment ?? '')).rejects.toThrow('not authorized');
  });

  it('is none while all weights stay 0', async () => {
    const { world, observed, ledger, look } = sweep();
    world.weigh({ blue: 0, green: 0 });
    const [first] = await observed();
    expect(first?.deployment).toMatch(/^blue=0@[0-9a-f]{8} green=0@[0-9a-f]{8} since /);
    ledger.prove(first?.deployment ?? '', first?.at);
    await world.pass(60);
    await look();
    expect(await observed()).toEqual([]);
  });
});

describe('a proof', () => {
  it('needs no call for what was read within two minutes, and one after that', async () => {
    const { stage, world, observed, deployed, lists, calls } = sweep();
    world.weigh({ blue: 255, green: 0 });
    const [one] = await observed();
    calls.length = 0;
    expect(await deployed(one?.deployment ?? '')).toMatchObject({
      ...{ runs: 'alone', revision: { name: 'blue' }, tags: { lastgood: 'auto' } },
    });
    expect(lists()).toBe(0);
    await world.pass(600);
    stage.world.weigh({ blue: 254, green: 1 });
    expect(await deployed(one?.deployment ?? '')).toMatchObject({ runs: 'gone' });
    expect(lists()).toBe(1);
  });

  it('is unclear without consent, and null if the zone is gone', async () => {
    const { world, observed, deployed, optedIn } = sweep();
    world.weigh({ blue: 255, green: 0 });
    const [one] = await observed();
    optedIn.length = 0;
    expect(await deployed(one?.deployment ?? '')).toMatchObject({ runs: 'unclear', tags: {} });
    const gone = 'route53:Z0GONE/www.example.com/A';
    expect(await deployed(one?.deployment ?? '', gone)).toBeNull();
  });
});

describe('the last sight of a zone', () => {
  const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;
  const round: Round = {
    ...{
      at: at(9),
      after: idOf(unitOf('Z2', 3)),
      began: at(8),
      lastBegan: at(4),
      units: 'x',
      members: marksOf([...Array.from({ length: 5 }, (_, n) => unitOf('Z2', n)), unitOf('Z1', 0)].map(idOf)),
      unitsSince: at(1),
    },
    ...{ due: {}, recent: {} },
  };

  it('is when the round began that read all its pages', () => {
    expect(sightInZone(round, 'Z1')).toBe(at(8));
    expect(sightInZone(round, 'Z2')).toBe(at(4));
  });

  it('is unknown where the sweep does not list the zone', () => {
    expect(sightInZone(round, 'Z0')).toBeNull();
  });

  it('is as old as that of a page which is due, and unknown with it', () => {
    const due = (sight: string | null) => ({ ...round, due: { [idOf(unitOf('Z1', 2))]: sight } });
    expect(sightInZone(due(at(3)), 'Z1')).toBe(at(3));
    expect(sightInZone(due(null), 'Z1')).toBeNull();
    expect(sightInZone(due(null), 'Z2')).toBe(at(4));
  });
});
