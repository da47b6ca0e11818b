import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { WeightedRecord } from './route53.ts';
import type { Weights } from './weights.ts';

/**
 * The weights of records that can be rolled back: there, weighted, and made neither by a traffic policy nor by external-dns,
 * which puts back what its source says.
 * @throws UnsupportedTarget
 */
export function supported(
  target: string,
  records: readonly WeightedRecord[] | null,
  heritage: string | null,
): Weights {
  const problem = problemOf(records) ?? (heritage === null ? null : ownedByExternalDns(heritage));
  if (problem !== null) throw new UnsupportedTarget(`${target}: ${problem}`);
  return weightsOf(records ?? []);
}

function ownedByExternalDns(heritage: string): string {
  return `external-dns sets its weights from ${heritage}, by the TXT record beside it, and puts them back: change it there`;
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
