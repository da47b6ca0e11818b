import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { CreateDeploymentGroupInput, RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import type { Code } from '@lastgood/embedded-aws/world/lambda/model.ts';
import type { Stage } from '../stage.ts';

/** The deployment group of the Lambda scenarios: the alias `live` of the function `checkout`. */
export const ALIAS = 'codedeploy:checkout/live';

const GOOD: Code = { errorRate: 0.0001, latency: 0.08 };
const SOAK_MINUTES = 5;
const names = { applicationName: 'checkout', deploymentGroupName: 'live' };
const LIVE = { FunctionName: 'checkout', Name: 'live' };

/** The revision types with which pipelines deploy an AppSpec, and the property of each. String is deprecated. */
const PROPERTY = { AppSpecContent: 'appSpecContent', String: 'string' } as const;
type AppSpecType = keyof typeof PROPERTY;

/** Actions of a scenario on the alias. */
export interface Shop {
  /** Publishes code and lets CodeDeploy shift the alias to it. */
  release(code?: Partial<Code>): void;
  /** Lets CodeDeploy shift the alias to an existing version. */
  again(version: string): void;
  deployed(): Promise<void>;
}

/** Opens an alias with two versions. CodeDeploy has shifted it to the second one, which is proven. */
export async function openAlias(
  stage: Stage,
  config: string,
  settings: Partial<CreateDeploymentGroupInput> = {},
  type: AppSpecType = 'AppSpecContent',
): Promise<Shop> {
  const role = `arn:aws:iam::${ACCOUNT}:role/checkout`;
  stage.call('lambda', 'CreateFunction', {
    FunctionName: 'checkout',
    Role: role,
    Code: { S3Bucket: 'code' },
  });
  stage.call('lambda', 'CreateAlias', { ...LIVE, FunctionVersion: publish(stage) });
  stage.call('codedeploy', 'CreateApplication', { applicationName: 'checkout', computePlatform: 'Lambda' });
  createGroup(stage, config, settings);
  putErrorsAlarm(stage);
  const shop = shopOf(stage, type);
  await stage.minutes(3);
  shop.release();
  await shop.deployed();
  await stage.minutes(SOAK_MINUTES + 4);
  return shop;
}

function createGroup(stage: Stage, config: string, settings: Partial<CreateDeploymentGroupInput>): void {
  const tags = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES) };
  const group: CreateDeploymentGroupInput = {
    ...names,
    serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/codedeploy`,
    deploymentConfigName: `CodeDeployDefault.${config}`,
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ...settings,
  };
  stage.call('codedeploy', 'CreateDeploymentGroup', group);
}

function shopOf(stage: Stage, type: AppSpecType): Shop {
  return {
    release(code) {
      const current = aliasNow(stage).FunctionVersion ?? '';
      const revision = shift(current, publish(stage, code), type);
      stage.call('codedeploy', 'CreateDeployment', { ...names, revision });
      stage.journal.release(`a shift from version ${current} is deployed`);
    },
    again(version) {
      const revision = shift(aliasNow(stage).FunctionVersion ?? '', version, type);
      stage.call('codedeploy', 'CreateDeployment', { ...names, revision });
      stage.journal.release(`a shift back to version ${version} is deployed`);
    },
    deployed: () => stage.until('the deployment is over', () => !isDeploying(stage)),
  };
}

function publish(stage: Stage, code: Partial<Code> = {}): string {
  stage.world.lambda.write('checkout', { ...GOOD, ...code });
  const published = stage.call<FunctionConfiguration>('lambda', 'PublishVersion', {
    FunctionName: 'checkout',
  });
  return published.Version ?? '';
}

function shift(CurrentVersion: string, TargetVersion: string, revisionType: AppSpecType): RevisionLocation {
  const Properties = { Name: 'checkout', Alias: 'live', CurrentVersion, TargetVersion };
  const Resources = [{ checkout: { Type: 'AWS::Lambda::Function', Properties } }];
  const appSpec = { content: JSON.stringify({ version: 0.0, Resources }) };
  return { revisionType, [PROPERTY[revisionType]]: appSpec };
}

/** Puts an alarm on the alias's answers. A tag names the deployment group, because the dimensions do not. */
function putErrorsAlarm(stage: Stage): void {
  const Dimensions = [
    { Name: 'FunctionName', Value: 'checkout' },
    { Name: 'Resource', Value: 'checkout:live' },
  ];
  const sum = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
  });
  const alarm: PutMetricAlarmInput = {
    AlarmName: 'checkout-errors',
    EvaluationPeriods: 2,
    DatapointsToAlarm: 2,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'missing',
    Threshold: 2,
    Tags: [{ Key: 'lastgood:target', Value: ALIAS }],
    Metrics: [
      { Id: 'share', Expression: '100 * errors / invocations', ReturnData: true },
      sum('errors', 'Errors'),
      sum('invocations', 'Invocations'),
    ],
  };
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}

export function isDeploying(stage: Stage): boolean {
  const { deploymentGroupInfo } = stage.call<{
    deploymentGroupInfo?: { lastAttemptedDeployment?: { status?: string } };
  }>('codedeploy', 'GetDeploymentGroup', names);
  const { status = '' } = deploymentGroupInfo?.lastAttemptedDeployment ?? {};
  return !['Succeeded', 'Failed', 'Stopped'].includes(status);
}

export function aliasNow(stage: Stage): AliasConfiguration {
  return stage.call<AliasConfiguration>('lambda', 'GetAlias', LIVE);
}

/** Returns null if the alias points at this version alone, or else where it points. */
export function pointsAt(stage: Stage, version: string): string | null {
  const { FunctionVersion = '', RoutingConfig } = aliasNow(stage);
  const weights = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {});
  if (FunctionVersion === version && weights.length === 0) return null;
  return `the alias points at ${FunctionVersion}, and at ${weights.join(', ') || 'nothing'} besides, not at ${version}`;
}
