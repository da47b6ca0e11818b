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
}

const alarms = stack.alarms as unknown as readonly Alarm[];
const watching = (metric: string, dimension: string) =>
  alarms
    .filter(({ MetricName }) => MetricName === metric)
    .flatMap(({ Dimensions }) => Dimensions.filter(({ Name }) => Name === dimension))
    .map(({ Value }) => Value);
const functions = stack.functions.map(({ name }) => name);
const machines = stack.stateMachines.map(({ arn }) => arn);
const short = (name: string) => name.replace(/^.*lastgood-prod-/, '');

describe('the alarms on Lastgood itself', () => {
  const throwsRefusals = (name: string) => /^(?:guard$|mechanism-)/.test(short(name));

  it('watch the errors and the throttles of every function', () => {
    expect(functions.length).toBeGreaterThan(20);
    const missing = (metric: string) =>
      functions.filter((name) => !watching(metric, 'FunctionName').includes(name));
    expect([missing('Errors'), missing('Throttles')]).toEqual([functions.filter(throwsRefusals), []]);
  });

  it('say of a trigger that it may have rejected an event, which it throws', () => {
    const saying = alarms.filter(({ AlarmDescription }) =>
      / rejects events, or fails, /.test(AlarmDescription),
    );
    const names = saying.map(({ AlarmName }) => short(AlarmName));
    expect(names.toSorted()).toEqual(['on-alarm-errors', 'on-deployment-errors', 'on-hint-errors']);
  });

  it('watch together what the guard and the mechanisms publish as failures', () => {
    const [steps] = alarms.filter(({ MetricName }) => MetricName === 'Failures');
    expect(steps).toMatchObject({
      ...{ AlarmName: 'lastgood-prod-steps-errors', Namespace: NAMESPACE },
      Dimensions: [{ Name: 'service', Value: 'lastgood-prod' }],
    });
    expect(isMeasure('Failures', ['service'])).toBe(true);
  });

  it('read one metric each, because CloudWatch bills each metric of an alarm', () => {
    expect(alarms.filter((alarm) => 'Metrics' in alarm)).toEqual([]);
  });

  it('watch the failures of every machine, but where a failure is an outcome', () => {
    const unwatched = machines.filter(
      (arn) => !watching('ExecutionsFailed', 'StateMachineArn').includes(arn),
    );
    expect(unwatched.map(short).toSorted()).toEqual(['plan', 'rollback']);
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
