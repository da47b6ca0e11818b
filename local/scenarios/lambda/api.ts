import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import type { Code } from '@lastgood/embedded-aws/world/lambda/model.ts';
import type { Stage } from '../stage.ts';
import { whole } from '../whole.ts';

/** The alias of the Lambda scenarios: `live` of the function `checkout`, called by users all the time. */
export const TARGET = 'lambda:checkout/live';

const FunctionName = 'checkout';
const LIVE = { FunctionName, Name: 'live' };

/** Behaviour of good code. Faults are given as differences from it. */
export const GOOD: Code = { errorRate: 0.0001, latency: 0.08 };

const SOAK_MINUTES = 5;

export interface ApiOptions {
  /** AWS tags of the function. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The first code; good unless the scenario says otherwise. */
  readonly first?: Partial<Code>;
  /** Waits until the first version is proven in the ledger. */
  readonly proven?: boolean;
  /** Provisioned concurrency of the alias. */
  readonly provisioned?: number;
  /** Points the alias at `$LATEST`, which is not published. */
  readonly latest?: boolean;
  /** Sends the logs to a group of several functions. */
  readonly logGroup?: string;
  /** Puts these alarms in place of the usual two. */
  readonly putAlarms?: (stage: Stage) => void;
}

/** Actions of a scenario on the function. */
export interface Api {
  /** Writes code and publishes it. Returns the version's number. */
  publish(code?: Partial<Code>): string;
  /** Publishes code and points the alias at it. */
  release(code?: Partial<Code>): string;
  /** Publishes code and gives it a share of the alias's invocations, 0 to 1. */
  canary(share: number, code?: Partial<Code>): string;
  update(change: object): void;
  /** Changes settings of the function, which the next version keeps. */
  configure(change: object): void;
  /** Waits until the running version is proven. */
  soaked(): Promise<void>;
}

export async function openApi(stage: Stage, options: ApiOptions = {}): Promise<Api> {
  const { first = {}, proven = true, provisioned, latest = false, logGroup } = options;
  const Tags = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...options.tags };
  const role = `arn:aws:iam::${ACCOUNT}:role/checkout`;
  stage.call('lambda', 'CreateFunction', {
    ...{ FunctionName, Role: role, Code: { S3Bucket: 'code' }, Tags },
    // Never shown.
    Environment: { Variables: { DB_LOGIN: `${SECRET_MARK} of checkout` } },
    ...(logGroup !== undefined && { LoggingConfig: { LogGroup: logGroup } }),
  });
  const api = createApi(stage);
  const version = api.publish(first);
  stage.call('lambda', 'CreateAlias', { ...LIVE, FunctionVersion: latest ? '$LATEST' : version });
  if (provisioned !== undefined) {
    const input = { FunctionName, Qualifier: 'live', ProvisionedConcurrentExecutions: provisioned };
    stage.call('lambda', 'PutProvisionedConcurrencyConfig', input);
  }
  (options.putAlarms ?? putUsualAlarms)(stage);
  await stage.minutes(3);
  if (proven) await api.soaked();
  return api;
}

function createApi(stage: Stage): Api {
  const publish: Api['publish'] = (code = {}) => {
    stage.world.lambda.write(FunctionName, whole(GOOD, code));
    const { Version = '' } = stage.call<FunctionConfiguration>('lambda', 'PublishVersion', { FunctionName });
    return Version;
  };
  const update: Api['update'] = (change) => stage.call('lambda', 'UpdateAlias', { ...LIVE, ...change });
  return {
    publish,
    update,
    configure: (change) => stage.call('lambda', 'UpdateFunctionConfiguration', { FunctionName, ...change }),
    release(code) {
      const version = publish(code);
      update({ FunctionVersion: version });
      stage.journal.release(`version ${version} is released`);
      return version;
    },
    canary(share, code) {
      const version = publish(code);
      update({ RoutingConfig: { AdditionalVersionWeights: { [version]: share } } });
      stage.journal.release(`version ${version} gets ${share * 100} % of the invocations`);
      return version;
    },
    soaked: () => stage.minutes(SOAK_MINUTES + 4),
  };
}

/** Puts alarms that find the alias by their dimensions alone: no tag names the target. */
function putUsualAlarms(stage: Stage): void {
  const Dimensions = [
    { Name: 'FunctionName', Value: FunctionName },
    { Name: 'Resource', Value: 'checkout:live' },
  ];
  const Metric = (MetricName: string) => ({ Namespace: 'AWS/Lambda', MetricName, Dimensions });
  const sum = (Id: string, name: string) => ({
    Id,
    ReturnData: false,
    MetricStat: { Metric: Metric(name), Period: 60, Stat: 'Sum' },
  });
  const common = {
    EvaluationPeriods: 2,
    DatapointsToAlarm: 2,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'missing',
  } satisfies Partial<PutMetricAlarmInput>;
  const errors: PutMetricAlarmInput = {
    ...common,
    AlarmName: 'checkout-errors',
    Threshold: 2,
    Metrics: [
      { Id: 'share', Expression: '100 * errors / invocations', ReturnData: true },
      sum('errors', 'Errors'),
      sum('invocations', 'Invocations'),
    ],
  };
  stage.call('cloudwatch', 'PutMetricAlarm', errors);
  stage.call('cloudwatch', 'PutMetricAlarm', {
    ...common,
    ...Metric('Duration'),
    AlarmName: 'checkout-duration',
    Period: 60,
    Statistic: 'Average',
    Threshold: 500,
  });
}

/** Returns the alias as it is now. */
export function aliasNow(stage: Stage): AliasConfiguration {
  return stage.call<AliasConfiguration>('lambda', 'GetAlias', LIVE);
}

/** Returns null if the alias points at this version alone, or else where it points. */
export function pointsAt(stage: Stage, version: string): string | null {
  const { FunctionVersion = '', RoutingConfig } = aliasNow(stage);
  if (FunctionVersion === version && RoutingConfig === undefined) return null;
  return `the alias points at ${FunctionVersion}, ${JSON.stringify(RoutingConfig ?? {})}, not at ${version}`;
}
