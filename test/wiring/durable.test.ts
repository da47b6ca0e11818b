import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keepUntil } from '../../src/ledger/keep.ts';
import { isKeepWarm } from '../../src/lambda/keep-warm.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { stack } from './grants.ts';

/** What the code relies on without asking: tables, dead letters, alarms and timeouts of the packaged template. */

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

const { Resources } = JSON.parse(readFileSync(PACKAGED, 'utf8')) as { Resources: Record<string, Resource> };
const short = (name: string) => name.replace(/^.*lastgood-prod-/, '');
const queue = stack.queues.find(({ name }) => short(name) === 'dead-letters')?.arn;

describe('the tables', () => {
  const tables = Object.values(Resources).filter(({ Type }) => Type === 'AWS::DynamoDB::Table');
  const nameOf = ({ Properties }: Resource) => short(String(Properties['TableName']));

  it('of the ledger and the claims stay when the stack goes', () => {
    const kept = tables.filter(({ DeletionPolicy }) => DeletionPolicy === 'RetainExceptOnCreate');
    expect(kept.map(nameOf)).toEqual(['ledger', 'claims']);
    expect(kept.map(({ UpdateReplacePolicy }) => UpdateReplacePolicy)).toEqual(['Retain', 'Retain']);
    const recoverable = { PointInTimeRecoveryEnabled: true };
    expect(kept.map(({ Properties }) => Properties['PointInTimeRecoverySpecification'])).toEqual([
      recoverable,
      recoverable,
    ]);
  });

  it('of a deployment that fails can be deleted, and have names by which the next one takes them in', () => {
    const kept = tables.filter(({ DeletionPolicy }) => DeletionPolicy !== undefined);
    expect(kept.filter(({ Properties }) => 'DeletionProtectionEnabled' in Properties)).toEqual([]);
    const names = kept.map(({ Properties }) => Properties['TableName']);
    expect(names).toEqual(['lastgood-prod-ledger', 'lastgood-prod-claims']);
  });

  it('drop items by the attribute that the code sets', () => {
    const [attribute] = Object.keys(keepUntil('2026-11-22T03:00:00.000Z', 1));
    const timeToLive = { AttributeName: attribute, Enabled: true };
    expect(tables.map(({ Properties }) => Properties['TimeToLiveSpecification'])).toEqual(
      tables.map(() => timeToLive),
    );
  });

  it('are billed by request, and encrypted', () => {
    for (const { Properties } of tables)
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
      });
  });
});

/** Functions whose lost event does no harm, with the reason. All others have a dead-letter queue. */
const WITHOUT_DEAD_LETTERS: Readonly<Record<string, string>> = {
  'on-change': 'a lost change costs the judge a clue, and a lost end of an update a question',
  'on-hint': 'the sweep looks every minute',
  'on-pause': 'the schedule compares the parameter with what was announced',
};

/** Rules on events whose lost event does no harm. */
const RULES_WITHOUT_DEAD_LETTERS = ['on-change', 'on-change', 'on-change', 'on-change', 'on-pause'];

const mechanisms = stack.functions
  .map(({ name }) => short(name))
  .filter((name) => name.startsWith('mechanism-'));

/** The functions that run before the first write (ADR 27). */
const KEPT_WARM = ['on-alarm', 'on-deployment', 'guard', ...mechanisms];

/** What each schedule runs. A call of a schedule may be lost: the next one follows. */
const SCHEDULES: readonly (readonly [string, string])[] = [
  ['post-slack', 'rate(1 minute)'],
  ['sweep', 'rate(1 minute)'],
  ['readiness', 'rate(5 minutes)'],
  ['on-pause', 'rate(5 minutes)'],
  ...KEPT_WARM.map((name) => [name, 'rate(5 minutes)'] as const),
];

describe('the schedules', () => {
  const scheduled = stack.rules.filter(({ schedule }) => schedule !== undefined);

  it('post what was not posted, run the sweep, and keep the path to the first write warm', () => {
    const runs = scheduled.flatMap(({ schedule, targets }) =>
      targets.map(({ arn }) => [short(arn), schedule]),
    );
    expect(runs.toSorted()).toEqual(SCHEDULES.toSorted());
  });

  it('are no rules on events too', () => {
    expect(scheduled.filter(({ pattern }) => pattern !== undefined)).toEqual([]);
  });
});

describe('the dead letters', () => {
  const warms = ({ input = 'null' }: { input?: string }) => isKeepWarm(JSON.parse(input));
  const onEvents = stack.rules.filter(
    ({ schedule, targets }) => schedule === undefined && !targets.every(warms),
  );

  it('are kept for every function that runs on events, but for those whose events may be lost', () => {
    const invoked = new Set(onEvents.flatMap(({ targets }) => targets.map(({ arn }) => arn)));
    const ran = stack.functions.filter(({ arn }) => invoked.has(arn));
    const without = ran.filter(({ async }) => async.onFailure !== queue).map(({ name }) => short(name));
    expect(without.toSorted()).toEqual(Object.keys(WITHOUT_DEAD_LETTERS));
  });

  it('are kept for every rule on events, but for those whose events may be lost', () => {
    const without = onEvents.flatMap(({ targets }) =>
      targets.filter(({ deadLetters }) => deadLetters !== queue).map(({ arn }) => short(arn)),
    );
    expect(without.toSorted()).toEqual(RULES_WITHOUT_DEAD_LETTERS);
  });

  it('stay for fourteen days, the longest that SQS keeps a message', () => {
    expect(Resources['DeadLetters']?.Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600 });
  });
});

describe('the alarms', () => {
  const of = (name: string) => stack.alarms.find(({ AlarmName }) => short(String(AlarmName)) === name);

  it('turn on the first dead letter', () => {
    expect(of('dead-letters')).toMatchObject({
      ...{ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'Maximum' },
      ...{ Period: 60, EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: 'GreaterThanThreshold' },
      TreatMissingData: 'notBreaching',
      Dimensions: [{ Name: 'QueueName', Value: 'lastgood-prod-dead-letters' }],
    });
  });

  it('turn after three minutes of five in which nothing could be posted, or nothing tried to', () => {
    expect(of('notify-slack')).toMatchObject({
      ...{ Namespace: 'AWS/Lambda', MetricName: 'Errors', Statistic: 'Sum', Period: 60 },
      ...{ EvaluationPeriods: 5, DatapointsToAlarm: 3, Threshold: 0 },
      ...{ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'breaching' },
      Dimensions: [{ Name: 'FunctionName', Value: 'lastgood-prod-post-slack' }],
    });
  });
});

/**
 * Seconds that a function may take, where they are not 25. Slack waits for three, a sweep ends before the next, and
 * notify-slack and post-slack wait for the rate of Slack.
 */
const TIMEOUTS: Readonly<Record<string, number>> = {
  ...{ 'on-slack': 10, 'suggest-slack': 10 },
  ...{ sweep: 55, 'notify-slack': 60, 'post-slack': 60 },
};

describe('the timeouts', () => {
  it('of the functions are 25 seconds, or on the list', () => {
    const timeouts = stack.functions.map(({ name, timeoutSeconds }) => [short(name), timeoutSeconds]);
    expect(timeouts).toEqual(stack.functions.map(({ name }) => [short(name), TIMEOUTS[short(name)] ?? 25]));
  });

  it.each([
    ['rollback', 9],
    ['lookout', 6],
    ['readiness', 3],
  ])(
    'of the states of %s are longer than those of their functions, so that a function ends first',
    (of, least) => {
      const machine = stack.stateMachines.find(({ name }) => short(name) === of)?.definition;
      const states = Object.values(asRecord(machine?.['States']) ?? {}).map(asRecord);
      const tasks = states.filter((state) => state?.['Type'] === 'Task');
      const limits = tasks.flatMap((state) => state?.['TimeoutSeconds'] ?? []);
      expect(limits.length).toBeGreaterThanOrEqual(least);
      expect(limits.filter((seconds) => Number(seconds) <= 25)).toEqual([]);
    },
  );
});
