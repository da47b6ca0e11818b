import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import { recordOf } from '../../../src/targets/kinds/route53/target.ts';
import type { WeightedRecord } from './route53.ts';
import type { Weights } from './weights.ts';

/**
 * Returns the weights of records that can be rolled back. The records must exist, be weighted, and belong neither to a
 * traffic policy nor to external-dns, which would restore what its source says.
 * Unknown: external-dns-owner.
 * @throws UnsupportedTarget
 */
export function supported(
  target: string,
  records: readonly WeightedRecord[] | null,
  heritage: string | null,
): Weights {
  const problem =
    problemOfType(target) ?? problemOf(records) ?? (heritage === null ? null : ownedByExternalDns(heritage));
  if (problem !== null) throw new UnsupportedTarget(`${target}: ${problem}`);
  return weightsOf(records ?? []);
}

/** The types that IAM lets Lastgood change (function.yml). The others prove a domain or route mail. */
const TYPES = ['A', 'AAAA', 'CNAME', 'HTTPS', 'SRV', 'SVCB'];

function problemOfType(target: string): string | null {
  const { type } = recordOf(target);
  return TYPES.includes(type) ? null : `records of type ${type} carry no traffic of a service`;
}

function ownedByExternalDns(heritage: string): string {
  return `external-dns sets its weights from ${heritage}, by the TXT record beside it, and restores them: change them there`;
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
