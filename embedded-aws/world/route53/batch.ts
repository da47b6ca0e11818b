import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../service.ts';
import { normalName } from './names.ts';
import { problemsOfGroups, problemsOfRecord } from './record-rules.ts';
import { findHealthCheck, keyOf, type Route53State, type Zone } from './state.ts';

/**
 * Returns the records of a zone after a batch: all of its changes or none.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 * @throws AwsError InvalidChangeBatch with every problem, NoSuchHealthCheck
 */
export function applied(
  state: Route53State,
  zone: Zone,
  changes: readonly Change[],
): ReadonlyMap<string, ResourceRecordSet> {
  const records = new Map(zone.records);
  const touched: ResourceRecordSet[] = [];
  const problems = changes.length === 0 ? ['The change batch must contain at least one change'] : [];
  for (const { Action = '', ResourceRecordSet: sent } of changes) {
    if (sent === undefined) throw new AwsError('InvalidInput', 'A change needs a resource record set');
    const record = kept(sent);
    if (record.HealthCheckId !== undefined) findHealthCheck(state, record.HealthCheckId);
    const twice = touched.some((other) => keyOf(other) === keyOf(record));
    problems.push(...(twice ? [duplicate(record)] : []), ...problemsOfRecord(zone.name, record));
    problems.push(...make(records, Action, record));
    touched.push(record);
  }
  problems.push(...problemsOfGroups(records, touched));
  if (problems.length > 0) throw new AwsError('InvalidChangeBatch', `[${[...new Set(problems)].join(', ')}]`);
  return records;
}

/** Makes one change, or returns why it cannot. */
function make(records: Map<string, ResourceRecordSet>, action: string, record: ResourceRecordSet): string[] {
  const key = keyOf(record);
  const before = records.get(key);
  if (action === 'DELETE') {
    if (before === undefined) return [`Tried to delete ${said(record)} but it was not found`];
    if (!isDeepStrictEqual(before, record))
      return [`Tried to delete ${said(record)} but the values provided do not match the current values`];
    records.delete(key);
    return [];
  }
  if (action === 'CREATE' && before !== undefined)
    return [`Tried to create ${said(record)} but it already exists`];
  records.set(key, record);
  return [];
}

/** Returns a record as it is stored: its name normalised, without empty members. */
function kept(record: ResourceRecordSet): ResourceRecordSet {
  const present = Object.entries(record).filter(([, value]) => value !== undefined);
  const whole = Object.fromEntries(present) as unknown as ResourceRecordSet;
  const { AliasTarget: alias } = whole;
  return {
    ...whole,
    Name: normalName(record.Name ?? ''),
    ...(alias !== undefined && { AliasTarget: { ...alias, DNSName: normalName(alias.DNSName ?? '') } }),
  };
}

function duplicate(record: ResourceRecordSet): string {
  return `The request contains an invalid set of changes for ${said(record)}`;
}

function said({ Name = '', Type, SetIdentifier }: ResourceRecordSet): string {
  const set = SetIdentifier === undefined ? '' : `, set identifier='${SetIdentifier}'`;
  return `resource record set [name='${Name}', type='${Type ?? ''}'${set}]`;
}
