import { describe, expect, test } from 'vitest';
import { openDesk } from './cloudwatch-desk.ts';
import { refusal, START } from './elb-shop.ts';

const NAMESPACE = 'AWS/ApplicationELB';
const BLUE = { LoadBalancer: 'app/shop/1', TargetGroup: 'targetgroup/blue/1' };
const GREEN = { LoadBalancer: 'app/shop/1', TargetGroup: 'targetgroup/green/2' };
const LABEL = "${PROP('MetricName')} ${PROP('Dim.TargetGroup')} ${PROP('Dim.AvailabilityZone')}";
const SCHEMA = '{AWS/ApplicationELB,LoadBalancer,TargetGroup}';

async function openSearch() {
  const desk = openDesk();
  const record = (name: string, dimensions: Readonly<Record<string, string>>, value: number): void =>
    desk.cloudwatch.record({ namespace: NAMESPACE, name, dimensions, value });
  record('RequestCount', BLUE, 100);
  record('RequestCount', GREEN, 7);
  record('RequestCount', { LoadBalancer: 'app/shop/1' }, 107);
  record('RequestCount', { ...BLUE, AvailabilityZone: 'eu-west-1a' }, 50);
  record('HTTPCode_Target_5XX_Count', GREEN, 3);
  await desk.run(60);
  record('RequestCount', BLUE, 90);
  await desk.run(60);
  const search = (Expression: string, Label: string | undefined = LABEL) =>
    desk.cloudwatch.operations.GetMetricData.run({
      StartTime: new Date(START),
      EndTime: new Date(START + 600_000),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [{ Id: 's1', Expression, ...(Label !== '' && { Label }) }],
    }).MetricDataResults?.map(({ Id, Label: label, Values }) => ({ Id, label, Values }));
  return { ...desk, search };
}

describe('a search', () => {
  test('finds all metrics with exactly those dimensions; one id, and distinct labels', async () => {
    const { search } = await openSearch();
    expect(search(`SEARCH('${SCHEMA} MetricName="RequestCount"', 'Sum', 60)`)).toEqual([
      { Id: 's1', label: 'RequestCount targetgroup/blue/1 --', Values: [100, 90] },
      { Id: 's1', label: 'RequestCount targetgroup/green/2 --', Values: [7] },
    ]);
  });

  test('takes one of several exact values, and quotes around names', async () => {
    const { search } = await openSearch();
    const schema = '{"AWS/ApplicationELB","LoadBalancer","TargetGroup"}';
    const terms = '"TargetGroup"=("targetgroup/green/2" OR "targetgroup/gone/3")';
    expect(search(`SEARCH('${schema} MetricName="RequestCount" ${terms}', 'Sum', 60)`)).toEqual([
      { Id: 's1', label: 'RequestCount targetgroup/green/2 --', Values: [7] },
    ]);
    expect(search(`SEARCH('${schema} TargetGroup="targetgroup/green"', 'Sum', 60)`)).toEqual([]);
  });

  test('by zone is another schema, whose dimensions may be named in any order', async () => {
    const { search } = await openSearch();
    const schema = '{AWS/ApplicationELB,TargetGroup,AvailabilityZone,LoadBalancer}';
    expect(search(`SEARCH('${schema}', 'Sum', 60)`)).toEqual([
      { Id: 's1', label: 'RequestCount targetgroup/blue/1 eu-west-1a', Values: [50] },
    ]);
  });

  test('does not find what has not reported for two weeks', async () => {
    const { search, run } = await openSearch();
    await run(14 * 86_400 - 119);
    expect(search(`SEARCH('${SCHEMA} MetricName="RequestCount"', 'Sum', 60)`)).toMatchObject([
      { label: 'RequestCount targetgroup/blue/1 --' },
    ]);
  });
});

describe('what is not modelled or not allowed is refused:', () => {
  test.each([
    ['a partial match', `SEARCH('${SCHEMA} RequestCount', 'Sum', 60)`],
    ['NOT', `SEARCH('${SCHEMA} NOT MetricName="RequestCount"', 'Sum', 60)`],
    ['no schema', `SEARCH('MetricName="RequestCount"', 'Sum', 60)`],
    ['no period', `SEARCH('${SCHEMA}', 'Sum')`],
    ['a search inside another expression', `SUM(SEARCH('${SCHEMA}', 'Sum', 60))`],
    ['more than 1024 characters', `SEARCH('${SCHEMA} MetricName="${'x'.repeat(1024)}"', 'Sum', 60)`],
  ])('%s', async (_what, expression) => {
    const { search } = await openSearch();
    expect(refusal(() => search(expression))).toBe('ValidationError');
  });

  test('a label without a distinction', async () => {
    const { search } = await openSearch();
    const expression = `SEARCH('${SCHEMA}', 'Sum', 60)`;
    expect(refusal(() => search(expression, ''))).toBe('ValidationError');
    expect(refusal(() => search(expression, 'mine'))).toBe('ValidationError');
    expect(refusal(() => search(expression, '${LABEL}'))).toBe('ValidationError');
  });

  test('more than a hundred searches, or five hundred queries', () => {
    const { cloudwatch } = openDesk();
    const run = (MetricDataQueries: readonly object[]) =>
      refusal(() =>
        cloudwatch.operations.GetMetricData.run({
          StartTime: new Date(START),
          EndTime: new Date(START + 60_000),
          MetricDataQueries: MetricDataQueries as never,
        }),
      );
    const search = { Expression: `SEARCH('${SCHEMA}', 'Sum', 60)`, Label: LABEL };
    const many = (count: number, query: object) =>
      Array.from({ length: count }, (_, index) => ({ Id: `q${index}`, ...query }));
    expect(run(many(101, search))).toBe('ValidationError');
    const MetricStat = { Metric: { Namespace: 'Shop', MetricName: 'Errors' }, Period: 60, Stat: 'Sum' };
    expect(run(many(501, { MetricStat }))).toBe('ValidationError');
  });

  test('a search in an alarm', () => {
    const { cloudwatch } = openDesk();
    const put = () =>
      cloudwatch.operations.PutMetricAlarm.run({
        AlarmName: 'searching',
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 1,
        Metrics: [{ Id: 's1', Expression: `SEARCH('${SCHEMA}', 'Sum', 60)`, Period: 60 }],
      });
    expect(refusal(put)).toBe('ValidationError');
  });
});
