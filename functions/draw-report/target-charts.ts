import type { Rollback } from '../../src/rollback/document.ts';
import type { Measured, Series } from '../../src/rollback/facts.ts';
import type { Revision } from '../../src/rollback/plan.ts';
import type { Chart, Line } from '../../src/report/material.ts';

/**
 * Returns the share of failed requests and the latency of the target, as far as they were measured: one line for each
 * side where the plan knows what each revision serves, else one for all.
 */
export function targetCharts(document: Rollback, measured: readonly Measured[]): readonly Chart[] {
  const failed = sharesIn(measured).map((one) => lineOf(document, one));
  const latency = measured.filter(({ metric }) => metric === 'latency').map((one) => lineOf(document, one));
  return [
    ...chartOf(
      'Failed requests',
      'share of the requests that targets answered with a 5xx',
      'percent',
      failed,
    ),
    ...chartOf('Time to answer', '95th percentile', 'seconds', latency),
  ];
}

function chartOf(
  title: string,
  measures: string,
  unit: Chart['unit'],
  lines: readonly Line[],
): readonly Chart[] {
  const known = lines.filter(({ series }) => series.values.some((value) => value !== null));
  return known.length === 0 ? [] : [{ title, measures, unit, lines: known }];
}

type Sided = Pick<Measured, 'revision' | 'series'>;

/** Returns the percentage of failed requests of each side. A minute without requests has none. */
function sharesIn(measured: readonly Measured[]): readonly Sided[] {
  return measured
    .filter(({ metric }) => metric === 'requests')
    .map((requests) => {
      const errors = measured.find(
        ({ metric, revision }) => metric === 'errors' && revision === requests.revision,
      );
      return { ...requests, series: shareOf(errors?.series, requests.series) };
    });
}

function shareOf(errors: Series | undefined, requests: Series): Series {
  const values = requests.values.map((count, index) =>
    count === null || count === 0 ? null : (100 * (errors?.values[index] ?? 0)) / count,
  );
  return { ...requests, values };
}

function lineOf({ plan, request }: Rollback, { revision, series }: Sided): Line {
  if (revision === undefined) return { name: request.target, role: 'all', series };
  const { fault, good } =
    plan !== undefined && 'to' in plan ? { fault: plan.suspect ?? plan.from, good: plan.to } : {};
  const known = [fault, good].find((one): one is Revision => one?.id === revision);
  const isAtFault = fault?.id === revision;
  return { name: known?.name ?? 'another revision', role: isAtFault ? 'new' : 'old', series };
}
