import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { inBatches } from './batches.ts';
import { toMeterUnit } from './metric-words.ts';
import type { Measured } from '../rollback/facts.ts';
import type { Meter } from '../rollback/plan.ts';

/** The identity of one time series. */
export type Measurable = Pick<Measured, 'metric' | 'revision' | 'zone'>;

/** The factor from the values of an answer to the unit of the meter. */
export interface Measure extends Measurable {
  readonly factor: number;
}

export interface MetricQuery {
  readonly query: MetricDataQuery;
  /** Returns what an answer with this label measures. */
  measuresOf(label: string): readonly Measure[];
  /** Says whether the answer would contain this series if CloudWatch had any datapoint of it. */
  covers(what: Measurable): boolean;
}

export const PERIOD_SECONDS = 60;

/** A search has at most 1024 characters, and the name of a target group some 70. */
const GROUPS_IN_A_SEARCH = 10;

/** Only these are read by zone. They show whether one zone fails alone. */
const BY_ZONE: readonly Meter['metric'][] = ['requests', 'errors'];

/**
 * CloudWatch fills in the properties of each series that a search finds, and may add a label of its own.
 * Unknown: search-labels.
 */
const LABEL = "group=${PROP('Dim.TargetGroup')} zone=${PROP('Dim.AvailabilityZone')};";
const LABELLED = /group=(\S+) zone=([^;]*);/;

/**
 * Makes the queries for some meters. A target group does not name its load balancer, which is a dimension of all its
 * metrics. So a search finds those.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
export function queriesFor(meters: readonly Meter[], byZone: boolean): readonly MetricQuery[] {
  const [searched, named] = [meters.filter(isSearched), meters.filter((meter) => !isSearched(meter))];
  const searches = alike(searched).flatMap((group) => [
    ...searchesFor(group, ['LoadBalancer', 'TargetGroup']),
    ...(byZone && group.some(({ metric }) => BY_ZONE.includes(metric))
      ? searchesFor(group, ['AvailabilityZone', 'LoadBalancer', 'TargetGroup'])
      : []),
  ]);
  return [...named.map(queryOf), ...searches].map((query, index) => ({
    ...query,
    query: { ...query.query, Id: `q${index}` },
  }));
}

function isSearched({ dimensions }: Meter): boolean {
  return dimensions['TargetGroup'] !== undefined && dimensions['LoadBalancer'] === undefined;
}

function queryOf(meter: Meter): MetricQuery {
  const { namespace, name, stat, dimensions } = meter;
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: namespace, MetricName: name, Dimensions };
  const measure = measureOf(meter, dimensions['AvailabilityZone']);
  return {
    query: { Id: '', MetricStat: { Metric, Period: PERIOD_SECONDS, Stat: stat } },
    measuresOf: () => [measure],
    covers: (what) => isLike(measure, what) && measure.zone === what.zone,
  };
}

function isLike(one: Measurable | Meter, other: Measurable): boolean {
  return one.metric === other.metric && one.revision === other.revision;
}

/** Groups the meters that differ only in the target group, because one search finds them all. */
function alike(meters: readonly Meter[]): readonly (readonly Meter[])[] {
  const groups = new Map<string, Meter[]>();
  for (const meter of meters) {
    const key = [meter.namespace, meter.name, meter.stat].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), meter]);
  }
  return [...groups.values()];
}

function searchesFor(meters: readonly Meter[], dimensions: readonly string[]): readonly MetricQuery[] {
  const [first] = meters;
  if (first === undefined) return [];
  const groups = [...new Set(meters.map(groupOf))];
  const isZoned = dimensions.includes('AvailabilityZone');
  return inBatches(groups, GROUPS_IN_A_SEARCH).map((batch) => ({
    query: { Id: '', Expression: searchFor(first, dimensions, batch), Label: LABEL },
    measuresOf: (label) => {
      const [, group, zone] = LABELLED.exec(label) ?? [];
      return meters
        .filter((meter) => groupOf(meter) === group)
        .map((meter) => measureOf(meter, isZoned ? zone : undefined));
    },
    covers: (what) => meters.some((meter) => isLike(meter, what)),
  }));
}

function groupOf({ dimensions }: Meter): string {
  return dimensions['TargetGroup'] ?? '';
}

function searchFor(
  { namespace, name, stat }: Meter,
  dimensions: readonly string[],
  groups: readonly string[],
): string {
  const schema = [namespace, ...dimensions].map((part) => `"${part}"`).join(',');
  const oneOf = groups.map((group) => `"${group}"`).join(' OR ');
  const terms = `MetricName="${name}" "TargetGroup"=(${oneOf})`;
  return `SEARCH('{${schema}} ${terms}', '${stat}', ${PERIOD_SECONDS})`;
}

function measureOf(meter: Meter, zone: string | undefined): Measure {
  const { metric, revision } = meter;
  return {
    metric,
    factor: toMeterUnit(meter),
    ...(revision !== undefined && { revision }),
    ...(zone !== undefined && { zone }),
  };
}
