import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { WeightedRecord } from './route53.ts';
import type { Weights } from './weights.ts';

/**
 * The weights of records that can be rolled back: there, weighted, and not made by a traffic policy.
 * @throws UnsupportedTarget
 */
export function supported(target: string, records: readonly WeightedRecord[] | null): Weights {
  const problem = problemOf(records);
  if (problem !== null) throw new UnsupportedTarget(`${target}: ${problem}`);
  return weightsOf(records ?? []);
}

export function problemOf(records: readonly WeightedRecord[] | null): string | null {
  if (records === null) return 'there is no such hosted zone';
  if (records.length === 0) return 'there is no such record';
  if (records.some(({ weight }) => weight === null)) return 'its records are not weighted';
  const policy = records.find(({ trafficPolicy }) => trafficPolicy !== null)?.trafficPolicy ?? null;
  return policy === null ? null : `its records belong to the traffic policy instance ${policy}`;
}

export function weightsOf(records: readonly WeightedRecord[]): Weights {
  return Object.fromEntries(records.map(({ identifier, weight }) => [identifier, weight ?? 0]));
}
