import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { normalName } from '../../world/route53/names.ts';
import { ADDRESSES, record, refusal, Route53World } from './route53-world.ts';

const APEX: ResourceRecordSet = {
  Name: 'example.com',
  Type: 'A',
  TTL: 60,
  ResourceRecords: [{ Value: '192.0.2.1' }],
};

describe('names', () => {
  it.each([
    ['WWW.Example.com', 'www.example.com.'],
    ['*.example.com.', '\\052.example.com.'],
    ['\\052.example.com', '\\052.example.com.'],
    ['0/25.2.0.192.in-addr.arpa', '0\\05725.2.0.192.in-addr.arpa.'],
    ['\\141b.example.com', 'ab.example.com.'],
    ['a\\056b.example.com', 'a\\056b.example.com.'],
  ])('%s is listed as %s', (name, listed) => {
    expect(normalName(name)).toBe(listed);
    expect(normalName(listed)).toBe(listed);
  });
});

describe('a change of records', () => {
  it('is PENDING until every name server has it, and is listed at once', async () => {
    const world = new Route53World();
    const Id = world.weigh({ blue: 255, green: 0 });
    const status = () => world.route53.operations.GetChange.run({ Id }).ChangeInfo!.Status;
    const query = { name: 'www.example.com.', type: 'A' };
    expect(world.weights()).toEqual({ blue: 255, green: 0 });
    expect([status(), world.route53.published(query)]).toEqual(['PENDING', []]);
    await world.pass(60);
    expect(status()).toBe('INSYNC');
    expect(world.route53.published(query)).toHaveLength(2);
  });

  it('keeps the order in which changes of a zone were made', async () => {
    const world = new Route53World();
    for (const blue of [1, 2, 3, 4, 5]) {
      world.weigh({ blue });
      await world.pass(1);
    }
    await world.pass(60);
    expect(world.route53.published({ name: 'www.example.com.', type: 'A' })).toMatchObject([{ Weight: 5 }]);
  });

  it('is refused while another change of the zone is being applied', async () => {
    const world = new Route53World();
    world.weigh({ blue: 1 });
    expect(refusal(() => world.weigh({ blue: 2 }))).toBe('PriorRequestNotComplete');
    await world.pass(1);
    expect(refusal(() => world.weigh({ blue: 2 }))).toBe('none');
  });

  const www = record('blue', 1);
  const refused: readonly (readonly [string, ResourceRecordSet])[] = [
    ['a weight above 255', { ...www, Weight: 256 }],
    ['a weight below 0', { ...www, Weight: -1 }],
    ['a weight and no set identifier', { ...www, SetIdentifier: undefined }],
    ['neither records nor alias', { ...www, ResourceRecords: undefined }],
    ['a name outside the zone', { ...www, Name: 'www.example.org' }],
    ['another TTL than the others of the group', { ...record('green', 1), TTL: 31 }],
    [
      'another routing policy than the others',
      { ...www, SetIdentifier: 'x', Weight: undefined, Region: 'eu-west-1' },
    ],
    ['weighted name servers', { ...www, Type: 'NS' }],
  ];

  it.each(refused)('with %s is refused, and changes nothing', async (_, wrong) => {
    const world = new Route53World();
    world.upsert(www);
    await world.pass(1);
    const before = world.records();
    expect(refusal(() => world.upsert(APEX, wrong))).toBe('InvalidChangeBatch');
    expect(world.records()).toEqual(before);
  });

  it('creates what is not there, and deletes what is there exactly as given', async () => {
    const world = new Route53World();
    world.upsert(www);
    await world.pass(1);
    const act = (Action: 'CREATE' | 'DELETE', ResourceRecordSet: ResourceRecordSet) =>
      refusal(() => world.change({ Action, ResourceRecordSet }));
    expect(act('CREATE', www)).toBe('InvalidChangeBatch');
    expect(act('DELETE', { ...www, Weight: 2 })).toBe('InvalidChangeBatch');
    expect(act('DELETE', record('green', 1))).toBe('InvalidChangeBatch');
    expect(act('DELETE', www)).toBe('none');
    expect(world.weights()).toEqual({});
  });

  it('names a health check that there is, in a zone that there is', () => {
    const world = new Route53World();
    expect(refusal(() => world.upsert({ ...www, HealthCheckId: 'none' }))).toBe('NoSuchHealthCheck');
    const elsewhere = { HostedZoneId: 'Z0', ChangeBatch: { Changes: [] } };
    expect(refusal(() => world.call('ChangeResourceRecordSets', elsewhere))).toBe('NoSuchHostedZone');
  });
});

describe('the list of records', () => {
  it('is ordered by labels from the right, and paged by name, type and identifier', async () => {
    const world = new Route53World();
    const at = (Name: string): ResourceRecordSet => ({ ...APEX, Name });
    world.upsert(at('z.a.example.com'), at('b.example.com'), APEX, record('green', 1), record('blue', 1));
    await world.pass(1);
    const names: string[] = [];
    let from = {};
    for (;;) {
      const page = world.route53.operations.ListResourceRecordSets.run({
        HostedZoneId: world.zone,
        MaxItems: 2,
        ...from,
      });
      names.push(
        ...page.ResourceRecordSets!.map(
          ({ Name, Type, SetIdentifier = '' }) => `${Name} ${Type} ${SetIdentifier}`,
        ),
      );
      if (page.IsTruncated !== true) break;
      const { NextRecordName, NextRecordType, NextRecordIdentifier } = page;
      from = {
        StartRecordName: NextRecordName,
        StartRecordType: NextRecordType,
        StartRecordIdentifier: NextRecordIdentifier,
      };
    }
    expect(names).toEqual([
      'example.com. A ',
      'example.com. NS ',
      'example.com. SOA ',
      'z.a.example.com. A ',
      'b.example.com. A ',
      'www.example.com. A blue',
      'www.example.com. A green',
    ]);
  });
});

describe('a health check', () => {
  it("changes after three checks in a row, and returns its checkers' last result", async () => {
    const world = new Route53World();
    const HealthCheckId = world.healthCheck(ADDRESSES.blue);
    const seen = () =>
      world.route53.operations.GetHealthCheckStatus.run({ HealthCheckId }).HealthCheckObservations!.map(
        ({ StatusReport }) => StatusReport!.Status!.split(':')[0],
      );
    await world.pass(10);
    expect(new Set(seen())).toEqual(new Set(['Success']));
    world.endpoints.put(ADDRESSES.blue, null);
    await world.pass(10);
    expect(new Set(seen())).toEqual(new Set(['Failure']));
  });
});
