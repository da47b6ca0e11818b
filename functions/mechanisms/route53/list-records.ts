import {
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { WeightedRecord } from './route53.ts';
import { listedName, type RecordName } from '../../../src/targets/kinds/route53/target.ts';

type Client = Pick<Route53Client, 'send'>;

/** A group has at most 100 records, a page 300, and a zone 10,000 by default. */
export const MAX_RECORDS_PER_PAGE = 300;

/**
 * Lists the records of one name and type. The list begins at that name, so its first page has all of them.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
 */
export async function listRecords(client: Client, name: RecordName): Promise<readonly WeightedRecord[]> {
  const wanted = listedName(name);
  const from = { StartRecordName: wanted, StartRecordType: name.type as 'A', MaxItems: MAX_RECORDS_PER_PAGE };
  const { ResourceRecordSets = [] } = await client.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: name.zone, ...from }),
  );
  return ResourceRecordSets.filter((record) => record.Name === wanted && record.Type === name.type).map(
    toRecord,
  );
}

/** A name and type of a zone, where a page begins. */
export interface Position {
  readonly name: string;
  readonly type: string;
}

/** All records of one name and type. */
export interface RecordSet {
  readonly position: Position;
  readonly records: readonly WeightedRecord[];
}

/** One page of a zone. The last set may lack records if there is more. */
export interface RecordPage {
  readonly sets: readonly RecordSet[];
  readonly isTruncated: boolean;
}

/** Lists a page of up to MAX_RECORDS_PER_PAGE records. A zone lists its names in one order, so each name has all of its records beside. */
export async function listPage(client: Client, zone: string, from: Position | null): Promise<RecordPage> {
  const start =
    from === null
      ? {}
      : { StartRecordName: from.name, StartRecordType: from.type as ResourceRecordSet['Type'] };
  const { ResourceRecordSets: all = [], IsTruncated } = await client.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: zone, MaxItems: MAX_RECORDS_PER_PAGE, ...start }),
  );
  const sets = Map.groupBy(all, ({ Name = '', Type = '' }) => `${Name} ${Type}`);
  return {
    sets: [...sets.values()].map((records) => {
      const [{ Name: name = '', Type: type = '' } = {}] = records;
      return { position: { name, type }, records: records.map(toRecord) };
    }),
    isTruncated: IsTruncated === true,
  };
}

/**
 * Returns the Kubernetes source from which external-dns makes the records of a name. external-dns keeps it in a TXT
 * record beside them. Null: there is no TXT record under its default name; versions before 0.12 wrote another name.
 * https://kubernetes-sigs.github.io/external-dns/latest/docs/registry/txt/
 */
export async function readHeritage(client: Client, name: RecordName): Promise<string | null> {
  const wanted = heritageName(name);
  const from = { StartRecordName: wanted, StartRecordType: 'TXT', MaxItems: 1 } as const;
  const { ResourceRecordSets = [] } = await client.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: name.zone, ...from }),
  );
  const [found] = ResourceRecordSets;
  return heritageIn(found?.Name === wanted && found.Type === 'TXT' ? found : undefined);
}

/** Returns the name of the TXT record, as Route 53 lists it. */
export function heritageName(name: RecordName): string {
  return listedName({ ...name, name: `${name.type.toLowerCase()}-${name.name}` });
}

export function heritageIn(found: ResourceRecordSet | undefined): string | null {
  const note = found?.ResourceRecords?.map(({ Value = '' }) => Value).join('') ?? '';
  if (!note.includes('heritage=external-dns')) return null;
  return /external-dns\/resource=([^,"]+)/.exec(note)?.[1] ?? 'a source';
}

export function toRecord(listed: ResourceRecordSet): WeightedRecord {
  const { SetIdentifier, Weight, TTL, HealthCheckId, AliasTarget, TrafficPolicyInstanceId } = listed;
  return {
    identifier: SetIdentifier ?? '',
    weight: Weight ?? null,
    ttl: TTL ?? null,
    healthCheck: HealthCheckId ?? null,
    alias:
      AliasTarget === undefined
        ? null
        : { dnsName: AliasTarget.DNSName ?? '', zone: AliasTarget.HostedZoneId ?? '' },
    trafficPolicy: TrafficPolicyInstanceId ?? null,
    listed,
  };
}
