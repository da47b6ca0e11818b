import {
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import {
  heritageIn,
  heritageName,
  listRecords,
  MAX_RECORDS_PER_PAGE,
  readHeritage,
  toRecord,
} from './list-records.ts';
import type { NamedRecords } from './route53.ts';
import { listedName, type RecordName } from '../../../src/targets/kinds/route53/target.ts';

type Client = Pick<Route53Client, 'send'>;

/**
 * Reads the records of one name and type, and the TXT record in which external-dns keeps their source, mostly in one
 * call: an account has five calls of Route 53 a second. A list goes on from a name by labels from right to left, so the
 * page that begins at the first of the two names has the other one in most zones.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
 */
export async function readNamed(client: Client, name: RecordName): Promise<NamedRecords> {
  const [own, source] = [listedName(name), heritageName(name)];
  const first = firstOf(own, source);
  if (first === null) return readBoth(client, name);
  const type = first === own ? name.type : 'TXT';
  const from = { StartRecordName: first, StartRecordType: type as 'A', MaxItems: MAX_RECORDS_PER_PAGE };
  const { ResourceRecordSets: page = [], IsTruncated } = await client.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: name.zone, ...from }),
  );
  const records = page.filter((record) => record.Name === own && record.Type === name.type);
  const isWhole = IsTruncated !== true;
  const note = page.find((record) => record.Name === source && record.Type === 'TXT');
  const isSourceKnown = isWhole || note !== undefined || first === source || hasPassed(source, page);
  return {
    records: isWhole || hasAll(records, page) ? records.map(toRecord) : await listRecords(client, name),
    heritage: isSourceKnown ? heritageIn(note) : await readHeritage(client, name),
  };
}

async function readBoth(client: Client, name: RecordName): Promise<NamedRecords> {
  const [records, heritage] = await Promise.all([listRecords(client, name), readHeritage(client, name)]);
  return { records, heritage };
}

/**
 * Returns the name that is listed first. Null: unknown, because one label begins with the other, and the dot after the
 * shorter one may come before or after the next character.
 */
function firstOf(one: string, other: string): string | null {
  const [a, b] = [one, other].map(keyOf) as [string, string];
  const [labelA = '', labelB = ''] = [one.split('.')[0], other.split('.')[0]];
  if (labelA.startsWith(labelB) || labelB.startsWith(labelA)) return null;
  return a < b ? one : other;
}

function keyOf(listed: string): string {
  return listed.split('.').toReversed().join('.');
}

/** Says whether the page goes on after the last record of the name. */
function hasAll(records: readonly ResourceRecordSet[], page: readonly ResourceRecordSet[]): boolean {
  return records.length > 0 && records.at(-1) !== page.at(-1);
}

/** Says whether the page goes on after the place where a name would stand. */
function hasPassed(name: string, page: readonly ResourceRecordSet[]): boolean {
  return firstOf(name, page.at(-1)?.Name ?? '') === name;
}
