import fc from 'fast-check';
import type { Datum } from '@lastgood/embedded-aws/world/seams.ts';
import { chanceOf, share } from './chance.ts';
import type { Fault } from './fault.ts';

const MISSING = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html';

/** Metrics of AWS's services on their way to CloudWatch. */
export const measurements: readonly Fault[] = [
  {
    name: 'metrics-late',
    source: MISSING,
    draws: fc.record({ lateSeconds: fc.integer({ min: 30, max: 900 }) }),
    begin: ({ stage: { world } }, given) =>
      world.cloudwatch.arrivals.disturb((datum) =>
        isOfAws(datum) ? [{ datum, lateMs: Number(given['lateSeconds']) * 1000 }] : null,
      ),
  },
  {
    name: 'metrics-partial',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html',
    draws: fc.record({ lateSeconds: fc.integer({ min: 30, max: 600 }) }),
    begin: ({ stage: { world } }, given) =>
      world.cloudwatch.arrivals.disturb((datum) =>
        isOfAws(datum)
          ? [
              { datum: halfOf(datum), lateMs: 0 },
              { datum: halfOf(datum), lateMs: Number(given['lateSeconds']) * 1000 },
            ]
          : null,
      ),
  },
  {
    name: 'metrics-missing',
    source: MISSING,
    draws: fc.record({ share }),
    begin(night, given) {
      const strikes = chanceOf(night, 'metrics-missing', given['share']);
      return night.stage.world.cloudwatch.arrivals.disturb((datum) =>
        isOfAws(datum) && strikes() ? [] : null,
      );
    },
  },
];

function isOfAws({ namespace }: Datum): boolean {
  return namespace.startsWith('AWS/');
}

/** Counts are halved, and of other measurements the number. */
function halfOf(datum: Datum): Datum {
  const { value, count, unit } = datum;
  return unit === 'Count' && count === undefined
    ? { ...datum, value: value / 2 }
    : { ...datum, count: (count ?? 1) / 2 };
}
