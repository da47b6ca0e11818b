import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createWorld } from '@lastgood/embedded-aws/world/world.ts';
import type { AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { readSearch } from '@lastgood/embedded-aws/world/cloudwatch/search.ts';
import { MEASURES } from '../../src/events/measures.ts';
import { NAMESPACE } from '../../src/lambda/own-metrics.ts';
import { stack } from './grants.ts';

interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly TreatMissingData: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  /** The parts of an expression. */
  readonly Metrics?: readonly {
    readonly Expression?: string;
    readonly MetricStat?: { readonly Metric: Pick<Alarm, 'Namespace' | 'MetricName' | 'Dimensions'> };
  }[];
}

const alarms = stack.alarms as unknown as readonly Alarm[];
const metrics = alarms.flatMap((alarm) =>
  alarm.Metrics === undefined ? [alarm] : alarm.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []),
);
const watching = (metric: string, dimension: string) =>
  metrics
    .filter(({ MetricName }) => MetricName === metric)
    .flatMap(({ Dimensions }) => Dimensions.filter(({ Name }) => Name === dimension))
    .map(({ Value }) => Value);
const functions = stack.functions.map(({ name }) => name);
const machines = stack.stateMachines.map(({ arn }) => arn);
const short = (name: string) => name.replace(/^.*lastgood-prod-/, '');

describe('the alarms on Lastgood itself', () => {
  it('watch the errors and the throttles of every function', () => {
    expect(functions.length).toBeGreaterThan(20);
    const missing = (metric: string) =>
      functions.filter((name) => !watching(metric, 'FunctionName').includes(name));
    expect([missing('Errors'), missing('Throttles')]).toEqual([[], []]);
  });

  it('leave out what the guard and the mechanisms refuse on purpose, as it is measured', () => {
    const filtered = alarms.filter(({ Metrics }) => Metrics !== undefined);
    const names = filtered.map(({ AlarmName }) => short(AlarmName));
    expect(names.toSorted()).toEqual(
      functions
        .map(short)
        .filter((name) => name === 'guard' || name.startsWith('mechanism-'))
        .map((name) => `${name}-errors`)
        .toSorted(),
    );
    for (const { Metrics = [] } of filtered) {
      expect(Metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual(['errors - FILL(refusals, 0)']);
      const [errors, refusals] = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
      expect(isMeasure(refusals?.MetricName ?? '', refusals?.Dimensions.map(({ Name }) => Name) ?? [])).toBe(
        true,
      );
      expect(refusals).toMatchObject({
        Namespace: NAMESPACE,
        Dimensions: [{ Value: 'lastgood-prod' }, { Value: errors?.Dimensions[0]?.Value }],
      });
    }
  });

  it('watch the failures of every machine, but where a failure is an outcome', () => {
    const unwatched = machines.filter(
      (arn) => !watching('ExecutionsFailed', 'StateMachineArn').includes(arn),
    );
    expect(unwatched.map(short)).toEqual(['rollback']);
    expect(watching('ExecutionsAborted', 'StateMachineArn').map(short)).toEqual(['rollback']);
    expect(alarms.map(({ AlarmName }) => short(AlarmName))).toContain('dirty-outcomes');
  });

  it('watch the time-outs of every machine that has a deadline', () => {
    const timed = stack.stateMachines.filter(({ definition }) => 'TimeoutSeconds' in definition);
    expect(timed.length).toBeGreaterThan(0);
    expect(watching('ExecutionsTimedOut', 'StateMachineArn')).toEqual(timed.map(({ arn }) => arn));
  });

  it('turn if there are no data only where silence is the harm', () => {
    const silent = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(silent.map(({ AlarmName }) => short(AlarmName))).toEqual(['notify-slack', 'sweep-silent']);
    expect(alarms.filter((one) => !('TreatMissingData' in one))).toEqual([]);
  });

  it('have names by which on-alarm leaves them out, each its own', () => {
    expect(alarms.filter(({ AlarmName }) => !AlarmName.startsWith('lastgood-prod-'))).toEqual([]);
    expect(new Set(alarms.map(({ AlarmName }) => AlarmName)).size).toBe(alarms.length);
  });

  it('name a section of the runbook', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const sections = alarms.map(
      ({ AlarmDescription }) => /See the runbook, "(.+)"\.$/.exec(AlarmDescription)?.[1],
    );
    expect(new Set(sections).size).toBeGreaterThan(3);
    expect(sections.filter((one) => !runbook.includes(`\n## ${one}\n`))).toEqual([]);
  });
});

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly alarms?: readonly string[];
  };
}

const [dashboard] = stack.dashboards;
const { widgets } = JSON.parse(String(dashboard?.['DashboardBody'])) as { widgets: readonly Widget[] };
const rows = widgets.flatMap(({ properties }) => properties.metrics ?? []);

/** Metrics of AWS that the dashboard shows. Their pages: src/watched/dashboard.yml, scripts/watched.cjs. */
const OF_AWS: Readonly<Record<string, readonly string[]>> = {
  'AWS/Lambda': ['Errors', 'Throttles', 'Duration'],
  'AWS/States': ['ExecutionsStarted', 'ExecutionsAborted', 'ExecutionsTimedOut', 'ConsumedCapacity'],
  'AWS/SQS': ['ApproximateNumberOfMessagesVisible'],
  'AWS/Usage': ['CallCount'],
};

describe('the dashboard', () => {
  it('is accepted by CloudWatch', () => {
    const { cloudwatch } = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });
    const { operations }: AwsService = cloudwatch;
    const put = () => operations['PutDashboard']?.run(dashboard as never, { role: 'operator' });
    expect(put()).toEqual({ DashboardValidationMessages: [] });
  });

  it('has a title on every widget but the text, and no widget over another', () => {
    expect(widgets.filter(({ type, properties }) => type !== 'text' && !properties.title)).toEqual([]);
    const overlap = (one: Widget, other: Widget) =>
      one.x < other.x + other.width &&
      other.x < one.x + one.width &&
      one.y < other.y + other.height &&
      other.y < one.y + one.height;
    const over = widgets.flatMap((one, index) =>
      widgets.slice(index + 1).filter((other) => overlap(one, other)),
    );
    expect(over).toEqual([]);
  });

  it('shows every alarm, every function and every state machine', () => {
    const shown = widgets.flatMap(({ properties }) => properties.alarms ?? []);
    expect(shown.map((arn) => arn.split(':').at(-1))).toEqual(alarms.map(({ AlarmName }) => AlarmName));
    const showing = (metric: string) => rows.filter(([, name]) => name === metric).map(([, , , of]) => of);
    expect(showing('Errors').toSorted()).toEqual(functions.toSorted());
    expect(showing('Throttles').toSorted()).toEqual(functions.toSorted());
    expect(showing('ExecutionsStarted').toSorted()).toEqual(machines.toSorted());
  });

  it('names only metrics that AWS or Lastgood publishes', () => {
    const known = (row: readonly unknown[]): boolean => {
      const [namespace, name, ...others] = row.filter((one) => typeof one === 'string');
      const expression = row.map((one) => (one as { expression?: string }).expression).find(Boolean);
      if (expression !== undefined) return isPublished(expression);
      const dimensions = others.filter((_, index) => index % 2 === 0);
      if (namespace === NAMESPACE) return isMeasure(name ?? '', dimensions);
      return OF_AWS[namespace ?? '']?.includes(name ?? '') === true && isOfStack(others);
    };
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter((row) => !known(row))).toEqual([]);
  });

  it('shows every metric of Lastgood', () => {
    expect(Object.keys(MEASURES).filter((name) => !JSON.stringify(rows).includes(name))).toEqual([]);
  });
});

/** Says whether a search finds metrics that Lastgood publishes. */
function isPublished(expression: string): boolean {
  const { namespace, dimensions, terms } = readSearch({ Id: 'a', Expression: expression });
  const names = terms.find(({ name }) => name === 'MetricName')?.values ?? [];
  const service = terms.find(({ name }) => name === 'service')?.values;
  if (namespace !== NAMESPACE || service?.join() !== 'lastgood-prod' || names.length === 0) return false;
  return names.every((name) => isMeasure(name, dimensions));
}

function isMeasure(name: string, dimensions: readonly string[]): boolean {
  const sets: readonly (readonly string[])[] =
    Object.entries(MEASURES).find(([one]) => one === name)?.[1].dimensions ?? [];
  return sets.some((set) => ['service', ...set].join() === dimensions.join());
}

/** Says whether dimensions that name a function, a machine or a queue name one of the stack. */
function isOfStack(pairs: readonly string[]): boolean {
  const of = (dimension: string) => pairs[pairs.indexOf(dimension) + 1] ?? '';
  if (pairs.includes('FunctionName')) return functions.includes(of('FunctionName'));
  if (pairs.includes('StateMachineArn')) return machines.includes(of('StateMachineArn'));
  return !pairs.includes('QueueName') || stack.queues.some(({ name }) => name === of('QueueName'));
}
