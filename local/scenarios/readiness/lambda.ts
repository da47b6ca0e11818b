import { openApi, TARGET, type Api, type ApiOptions } from '../lambda/api.ts';
import type { Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

const FunctionName = 'checkout';

/** Opens the function with two releases that are both proven: version 1 is the way back of version 2. */
async function openProvenApi(stage: Stage, options: ApiOptions = {}): Promise<Api> {
  const api = await openApi(stage, options);
  api.release();
  await api.soaked();
  return api;
}

function provision(stage: Stage, Qualifier: string): void {
  const input = { FunctionName, Qualifier, ProvisionedConcurrentExecutions: 10 };
  stage.call('lambda', 'PutProvisionedConcurrencyConfig', input);
}

/** Puts an alarm on the whole function in place of the two on its alias. */
function onWholeFunction(stage: Stage): void {
  stage.call('cloudwatch', 'DeleteAlarms', { AlarmNames: ['checkout-errors', 'checkout-duration'] });
  stage.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'checkout-function',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: FunctionName }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 20,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });
}

const stories: readonly ReadinessStory<Api>[] = [
  {
    name: 'lambda-healthy',
    shows: 'two proven versions, both Active, no limit of concurrency: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way }) =>
      score === 100 && way?.to === 'checkout:1' ? null : JSON.stringify({ score, way }),
  },
  {
    name: 'lambda-version-gone',
    shows: 'a tool deleted the version to go back to',
    spoil: (stage) => stage.call('lambda', 'DeleteFunction', { FunctionName, Qualifier: '1' }),
    finds: ['no-way-back', 'version-gone'],
    ready: 'no',
  },
  {
    name: 'lambda-version-inactive',
    shows: 'the version to go back to was idle for weeks, and Lambda reclaimed its resources',
    spoil: (stage) => stage.world.lambda.let(FunctionName, '1', 'Inactive'),
    finds: ['version-not-active'],
    ready: 'yes',
  },
  {
    name: 'lambda-version-failed',
    shows: 'the version to go back to has failed: Lambda invokes it no more',
    spoil: (stage) => stage.world.lambda.let(FunctionName, '1', 'Failed'),
    finds: ['no-way-back', 'version-not-active'],
    ready: 'no',
  },
  {
    name: 'lambda-concurrency-zero',
    shows: 'an operator stopped the function by a reserved concurrency of 0: no version would serve',
    spoil: (stage) =>
      stage.call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 0 }),
    finds: ['concurrency-zero'],
    ready: 'no',
    served: false,
  },
  {
    name: 'lambda-concurrency-reserved',
    shows: 'a reserved concurrency above 0 is no finding',
    spoil: (stage) =>
      stage.call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 50 }),
    finds: [],
    ready: 'yes',
  },
  {
    name: 'lambda-provisioned-missing',
    shows: 'the running version has provisioned concurrency of its own, the one to go back to has none',
    spoil: (stage) => provision(stage, '2'),
    finds: ['provisioned-missing'],
    ready: 'yes',
  },
  {
    name: 'lambda-provisioned-alias',
    shows: 'the alias has provisioned concurrency, which follows it: nothing is found',
    spoil: (stage) => provision(stage, 'live'),
    finds: [],
    ready: 'yes',
  },
  {
    name: 'lambda-provisioned-failed',
    shows: 'Lambda could not provision the alias, and would fail again',
    spoil: (stage) => {
      provision(stage, 'live');
      stage.world.lambda.failProvisioning(FunctionName, 'live', 'not enough capacity');
    },
    finds: ['provisioned-failed'],
    ready: 'yes',
  },
  {
    name: 'lambda-alarm-on-function',
    shows: 'the only alarm is on the whole function, which has one alias: it is an alarm of that alias',
    spoil: (stage) => onWholeFunction(stage),
    finds: [],
    ready: 'yes',
  },
  {
    name: 'lambda-alarm-on-function-several',
    shows: 'the same with a second alias: no alarm names either, and the finding says how to name one',
    spoil: (stage) => {
      onWholeFunction(stage);
      stage.call('lambda', 'CreateAlias', { FunctionName, Name: 'beta', FunctionVersion: '1' });
    },
    finds: ['no-alarm', 'alarm-unclear'],
    ready: 'yes',
  },
  {
    name: 'lambda-not-permitted',
    shows: 'the organization denies the role to move aliases: the simulation shows it',
    attached: denying('lambda', 'lambda:UpdateAlias'),
    finds: ['not-permitted'],
    ready: 'no',
  },
];

export const readinessLambda = readinessStories(TARGET, (stage) => openProvenApi(stage), stories);
