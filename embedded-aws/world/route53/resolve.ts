import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Random } from '../random.ts';
import { isHealthy } from './health-checks.ts';
import { groupOf, type Route53State, type Zone } from './state.ts';

/** Whether the load balancer of a DNS name has healthy targets; null if no load balancer has that name. */
export type BalancerHealth = (dnsName: string) => boolean | null;

/** Returns the name servers' answer to one query; null if there is no such record. */
export function resolve(
  state: Route53State,
  zone: Zone,
  query: { readonly name: string; readonly type: string },
  chance: Random,
  balancerHealth: BalancerHealth,
): ResourceRecordSet | null {
  const group = groupOf(zone.published, query.name, query.type);
  const answers = (record: ResourceRecordSet) => healthOf(state, record, balancerHealth);
  return pick(eligible(group, answers), chance);
}

/**
 * Returns the healthy records with weight or, without any, the healthy ones without weight. If none is healthy, all
 * count as healthy. If every weight is zero, all are equal.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 */
export function eligible(
  group: readonly ResourceRecordSet[],
  answers: (record: ResourceRecordSet) => boolean,
): readonly ResourceRecordSet[] {
  const weighted = group.filter(({ Weight = 1 }) => Weight > 0);
  const choices = [weighted.filter(answers), group.filter(answers), weighted, group];
  return choices.find(({ length }) => length > 0) ?? [];
}

function healthOf(
  { healthChecks }: Route53State,
  { HealthCheckId, AliasTarget }: ResourceRecordSet,
  balancerHealth: BalancerHealth,
): boolean {
  const check = HealthCheckId === undefined ? undefined : healthChecks.get(HealthCheckId);
  if (check !== undefined && !isHealthy(check)) return false;
  if (AliasTarget?.EvaluateTargetHealth !== true) return true;
  return balancerHealth(AliasTarget.DNSName ?? '') !== false;
}

function pick(records: readonly ResourceRecordSet[], chance: Random): ResourceRecordSet | null {
  const sum = records.reduce((total, { Weight = 1 }) => total + Weight, 0);
  let place = chance.next() * (sum === 0 ? records.length : sum);
  for (const record of records) {
    place -= sum === 0 ? 1 : (record.Weight ?? 1);
    if (place < 0) return record;
  }
  return records.at(-1) ?? null;
}
