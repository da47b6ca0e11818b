import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ROUTE53 } from '../../../../src/readiness/ids/route53.ts';
import type { Returning } from '../../../../src/readiness/returning.ts';
import type { Lifetime } from '../lifetimes.ts';
import type { Reading, WeightedRecord } from '../route53.ts';
import { weightIn, type Weights } from '../weights.ts';

const find = findIn(ROUTE53);

/** Looks for the records that are to answer again. */
export function ofPresence(
  wanted: Weights,
  records: readonly WeightedRecord[],
  { as, defect }: Pick<Returning, 'as' | 'defect'>,
): readonly Finding[] {
  const gone = serving(wanted).filter((id) => !records.some(({ identifier }) => identifier === id));
  return gone.map((id) =>
    find(
      'record-gone',
      `Record ${id} of the weights that are ${as} was deleted.`,
      `Create ${id} again with weight 0, and let the pipeline keep both records.`,
      defect,
    ),
  );
}

/** Returns the identifiers with a weight above 0. */
export function serving(weights: Weights): readonly string[] {
  return Object.keys(weights).filter((id) => weightIn(weights, id) > 0);
}

/**
 * Looks at the health check of a record that is to answer again. Route 53 leaves an unhealthy record out of its answers.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html
 * @param reading null: it has no health check
 */
export function ofHealth(
  { identifier, alias, listed }: WeightedRecord,
  reading: Reading | null,
): readonly Finding[] {
  const evaluates = alias !== null && listed.AliasTarget?.EvaluateTargetHealth === true;
  switch (reading?.state) {
    case 'healthy':
      return [];
    case 'unhealthy':
      return [
        find(
          'health-check-red',
          `Record ${identifier}, the way back now, is unhealthy: ${reading.says}.`,
          'Mend what the health check watches, or enable the health check again.',
        ),
      ];
    case 'unknown':
    case 'unread':
      return [
        find(
          'health-check-unknown',
          `It is unknown whether record ${identifier}, the way back now, is healthy: ${reading.says}.`,
          'Give the record a health check of its endpoint, whose checkers can be read.',
        ),
      ];
    default:
      return evaluates ? [] : [missing(identifier, reading)];
  }
}

function missing(identifier: string, reading: Reading | null): Finding {
  return find(
    'health-check-missing',
    reading === null
      ? `Record ${identifier}, the way back now, has no health check, so nothing shows whether it can serve.`
      : `Nothing shows whether record ${identifier}, the way back now, can serve: ${reading.says}.`,
    'Give each record an enabled health check, or let an alias evaluate the health of its target. A person decides on a record without traffic.',
  );
}

/**
 * Route 53's own advice for records with a health check.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html
 */
const MAX_TTL_SECONDS = 60;

export function ofLifetime({ ttl, unknown }: Lifetime): readonly Finding[] {
  if (ttl > MAX_TTL_SECONDS)
    return [
      find(
        'ttl-long',
        `Resolvers may give the old answer for ${ttl} seconds after a rollback, because of the TTL.`,
        `Set the TTL of all records to ${MAX_TTL_SECONDS} seconds or less.`,
      ),
    ];
  if (unknown.length === 0) return [];
  return [
    find(
      'ttl-unknown',
      `For how long resolvers give the old answer is unknown, because the TTL of ${unknown.join(' and ')} is unknown.`,
      'Point the aliases at load balancers, or at records of the same zone.',
    ),
  ];
}
