import { gunzipSync, gzipSync } from 'node:zlib';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { AnyAlarm } from '../../src/aws/alarms.ts';
import { asRecord, parseJson } from '../../src/rollback/json.ts';
import type { RedAlarms } from './red-alarms.ts';

/** The fields that the judge reads. The others of five hundred alarms would fill several items. */
const FIELDS = [
  ...['AlarmName', 'AlarmArn', 'ActionsEnabled', 'AlarmActions', 'ActionsSuppressedBy', 'AlarmRule'],
  ...['StateReason', 'StateReasonData', 'StateTransitionedTimestamp', 'StateUpdatedTimestamp'],
  ...['AlarmConfigurationUpdatedTimestamp', 'Namespace', 'MetricName', 'Dimensions', 'Metrics', 'Period'],
  ...['Statistic', 'ExtendedStatistic', 'Threshold', 'ComparisonOperator', 'EvaluationPeriods'],
  ...['DatapointsToAlarm', 'TreatMissingData'],
] as const;

const INSTANTS: readonly string[] = [
  'StateTransitionedTimestamp',
  'StateUpdatedTimestamp',
  'AlarmConfigurationUpdatedTimestamp',
];

/** Writes red alarms as text for the table. */
export function toCopy({ metricAlarms, all, isComplete }: RedAlarms): string {
  const metric = new Set<AnyAlarm>(metricAlarms);
  const others = all.filter((one) => !metric.has(one));
  const copied = { metric: metricAlarms.map(picked), others: others.map(picked), isComplete };
  return gzipSync(JSON.stringify(copied)).toString('base64');
}

/** Reads a copy. Null: it cannot be read. */
export function fromCopy(text: string): RedAlarms | null {
  const copied = asRecord(parseJson(unzipped(text)));
  if (!Array.isArray(copied?.['metric']) || !Array.isArray(copied['others'])) return null;
  const metricAlarms = copied['metric'].map(revived) as MetricAlarm[];
  const others = copied['others'].map(revived) as AnyAlarm[];
  return { metricAlarms, all: [...metricAlarms, ...others], isComplete: copied['isComplete'] === true };
}

function picked(alarm: AnyAlarm): object {
  const fields: Readonly<Record<string, unknown>> = { ...alarm };
  return Object.fromEntries(
    FIELDS.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
}

function revived(alarm: unknown): unknown {
  return Object.fromEntries(
    Object.entries(asRecord(alarm) ?? {}).map(([name, value]) => [
      name,
      INSTANTS.includes(name) ? new Date(String(value)) : value,
    ]),
  );
}

function unzipped(text: string): string {
  try {
    return gunzipSync(Buffer.from(text, 'base64')).toString('utf8');
  } catch {
    return '';
  }
}
