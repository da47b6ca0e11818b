import type { Both } from '../../../src/rollback/explained.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import type { WeightedRecord } from './route53.ts';
import { serving, type Run } from './runs.ts';

/** Returns the weight of each record, and what answers. */
export function traitsOfBoth(from: Run, to: Run, records: readonly WeightedRecord[]): Both {
  return [traitsOf(from, records), traitsOf(to, records)];
}

function traitsOf(run: Run, records: readonly WeightedRecord[]): Traits {
  const weights = Object.entries(run.weights).map(([record, weight]) => [`weight of ${record}`, weight]);
  const answers = serving(run).map((id) => answerOf(id, records));
  return shownTraits({
    ...(Object.fromEntries(weights) as Record<string, number>),
    'what answers': answers.toSorted().join(', '),
  });
}

/** Returns `blue (203.0.113.10)`, or the name of the load balancer that an alias points at. */
function answerOf(identifier: string, records: readonly WeightedRecord[]): string {
  const record = records.find((one) => one.identifier === identifier);
  if (record === undefined) return identifier;
  const values = (record.listed.ResourceRecords ?? []).map(({ Value = '' }) => Value).toSorted();
  return `${identifier} (${record.alias?.dnsName ?? values.join(' ')})`;
}
