import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { groupOf } from './state.ts';

const MAX_WEIGHT = 255;
const MAX_RECORDS_IN_GROUP = 100;

/*
 * The refusals of API_ResourceRecordSet. Their wording is not documented.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
 */

/** Returns the problems of one record alone. */
export function problemsOfRecord(zone: string, record: ResourceRecordSet): readonly string[] {
  const { Name = '', Type = '', SetIdentifier, Weight, TTL, ResourceRecords, AliasTarget } = record;
  const isWhole = AliasTarget === undefined ? TTL !== undefined && ResourceRecords !== undefined : false;
  const isAlias = AliasTarget !== undefined && TTL === undefined && ResourceRecords === undefined;
  return [
    Name !== zone &&
      !Name.endsWith(`.${zone}`) &&
      `RRSet with DNS name ${Name} is not permitted in zone ${zone}`,
    !isWhole && !isAlias && `${Name} ${Type} must have either an alias target, or a TTL and records`,
    (SetIdentifier === undefined) !== (policyOf(record) === 'simple') &&
      `${Name} ${Type} must have a set identifier exactly if it has a routing policy`,
    Weight !== undefined &&
      !(Number.isInteger(Weight) && Weight >= 0 && Weight <= MAX_WEIGHT) &&
      `Weight ${Weight} must be a whole number from 0 to ${MAX_WEIGHT}`,
    Weight !== undefined && ['NS', 'SOA', 'DS'].includes(Type) && `${Type} records cannot be weighted`,
  ].filter((problem) => problem !== false);
}

/** Returns the problems of the changed records' groups. */
export function problemsOfGroups(
  records: ReadonlyMap<string, ResourceRecordSet>,
  touched: readonly ResourceRecordSet[],
): readonly string[] {
  return touched.flatMap(({ Name = '', Type }) => {
    const group = groupOf(records, Name, Type);
    const weighted = group.filter(({ Weight }) => Weight !== undefined);
    const lives = new Set(weighted.flatMap(({ TTL }) => TTL ?? []));
    const policies = new Set(group.map(policyOf));
    return [
      policies.size > 1 && `RRSets of ${Name} ${Type ?? ''} cannot have several routing policies`,
      lives.size > 1 && `All weighted RRSets of ${Name} ${Type ?? ''} must have the same TTL`,
      weighted.length > MAX_RECORDS_IN_GROUP &&
        `${Name} ${Type ?? ''} has more than ${MAX_RECORDS_IN_GROUP} weighted RRSets`,
    ].filter((problem) => problem !== false);
  });
}

function policyOf(record: ResourceRecordSet): string {
  if (record.Weight !== undefined) return 'weighted';
  if (record.Region !== undefined) return 'latency';
  if (record.Failover !== undefined) return 'failover';
  if (record.GeoLocation !== undefined) return 'geolocation';
  return record.MultiValueAnswer === true ? 'multivalue' : 'simple';
}
