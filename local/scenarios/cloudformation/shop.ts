import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { ACCOUNT, arn } from '@lastgood/embedded-aws/world/aws.ts';
import type { Change, NewUpdate } from '@lastgood/embedded-aws/world/cloudformation/model.ts';
import type { Code } from '@lastgood/embedded-aws/world/lambda/model.ts';
import { GOOD } from '../lambda/api.ts';
import type { Stage } from '../stage.ts';
import { whole } from '../whole.ts';

/** The stack of the scenarios: the function `checkout`, whose alias `live` users call all the time. */
export const TARGET = 'cloudformation:shop';

export const FAULTY: Partial<Code> = { errorRate: 0.4 };

const FunctionName = 'checkout';
const ALARM = 'checkout-errors';
const SOAK_MINUTES = 5;

export const ROLE = `arn:aws:iam::${ACCOUNT}:role/cloudformation`;

export interface ShopOptions {
  readonly name?: string;
  /** AWS tags of the stack. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The role that the stack stores; null: none. */
  readonly role?: string | null;
  readonly monitoringMinutes?: number;
  /** CloudFormation rolls an update back by the alarm too. */
  readonly triggered?: boolean;
  /** Id of the root stack. */
  readonly root?: string;
  /** The first code; good unless the scenario says otherwise. */
  readonly first?: Partial<Code>;
  /** Waits until the creation is proven in the ledger. */
  readonly proven?: boolean;
  /** Minutes from the alarm to the creation: a soak counts from when the alarm is OK. */
  readonly calmMinutes?: number;
  /** The name of the alarm. */
  readonly alarm?: string;
  /** Puts these alarms in place of the usual one. */
  readonly putAlarms?: (target: string) => void;
}

/** An update in a scenario. */
export interface ShopUpdate extends Omit<Partial<NewUpdate>, 'changes'> {
  readonly code?: Partial<Code>;
  /** Of the alias. */
  readonly change?: Partial<Change>;
  /** After the alias. */
  readonly more?: readonly Change[];
}

export interface Shop {
  readonly id: string;
  /** Publishes code, and begins an update that points the alias at it. Returns the version. */
  update(how?: ShopUpdate): string;
  /** Begins an update that points the alias at a version again. */
  pointAt(version: string, how?: ShopUpdate): void;
  status(): string;
  /** Waits until no operation runs. */
  rest(): Promise<void>;
  /** Waits until the last update is proven. */
  soaked(): Promise<void>;
}

export async function openShop(stage: Stage, options: ShopOptions = {}): Promise<Shop> {
  const { name = 'shop', tags = {}, role = ROLE, first = {}, proven = true, triggered = false } = options;
  const { alarm = ALARM, calmMinutes = proven ? 4 : 0 } = options;
  // The function has no tag of Lastgood: the stack is the target.
  stage.call('lambda', 'CreateFunction', {
    ...{ FunctionName, Role: `arn:aws:iam::${ACCOUNT}:role/checkout`, Code: { S3Bucket: 'code' } },
  });
  const version = publish(stage, first);
  stage.call('lambda', 'CreateAlias', { FunctionName, Name: 'live', FunctionVersion: version });
  const target = `cloudformation:${name}`;
  if (options.putAlarms === undefined) putAlarm(stage, target);
  else options.putAlarms(target);
  await stage.minutes(calmMinutes);
  const settings = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), 'lastgood:alarms': alarm };
  const id = stage.world.cloudformation.create({
    ...{ name, tags: { ...settings, ...tags }, token: 'create-1', ...configured(version) },
    ...{ monitoringMinutes: options.monitoringMinutes ?? 0 },
    ...(role !== null && { roleArn: role }),
    ...(triggered && { triggers: [arn('cloudwatch', `alarm:${alarm}`)] }),
    ...(options.root !== undefined && { root: options.root }),
  });
  const shop = shopOf(stage, name, id);
  if (proven) await shop.soaked();
  return shop;
}

function shopOf(stage: Stage, name: string, id: string): Shop {
  const { cloudformation } = stage.world;
  const shop: Shop = {
    id,
    update: (how = {}) => {
      const version = publish(stage, how.code);
      shop.pointAt(version, how);
      return version;
    },
    pointAt: (version, { code: _, change, more = [], ...how } = {}) => {
      const token = `deploy-${version}`;
      const changes = [moving(stage, version, change), ...more];
      cloudformation.update(name, { ...configured(version), token, changes, ...how });
      stage.journal.release(`an update of ${name} points the alias at version ${version}`);
    },
    status: () => stackNow(stage, name).StackStatus,
    rest: () => stage.until('the stack is at rest', () => !shop.status().endsWith('_IN_PROGRESS')),
    soaked: () => stage.minutes(SOAK_MINUTES + 4),
  };
  return shop;
}

function stackNow(stage: Stage, StackName: string): { readonly StackStatus: string } {
  const { Stacks } = stage.call<{ readonly Stacks: readonly [{ readonly StackStatus: string }] }>(
    'cloudformation',
    'DescribeStacks',
    { StackName },
  );
  return Stacks[0];
}

function publish(stage: Stage, code: Partial<Code> = {}): string {
  stage.world.lambda.write(FunctionName, whole(GOOD, code));
  const { Version = '' } = stage.call<FunctionConfiguration>('lambda', 'PublishVersion', { FunctionName });
  return Version;
}

/** Returns the change that CloudFormation makes to the alias, with the way back. */
function moving({ world: { lambda } }: Stage, version: string, change: Partial<Change> = {}): Change {
  const before = lambda.get(FunctionName, 'live')?.version ?? '';
  return {
    ...{ logicalId: 'Live', type: 'AWS::Lambda::Alias', seconds: 20 },
    apply: () => lambda.shift(FunctionName, 'live', version, {}),
    undo: () => lambda.shift(FunctionName, 'live', before, {}),
    ...change,
  };
}

function configured(version: string): Pick<NewUpdate, 'template' | 'parameters'> {
  const Live = { Type: 'AWS::Lambda::Alias', Properties: { FunctionVersion: { Ref: 'Version' } } };
  return {
    template: JSON.stringify({ Resources: { Live } }),
    parameters: [
      { ParameterKey: 'Version', ParameterValue: version },
      { ParameterKey: 'DbPassword', ParameterValue: '****' },
    ],
  };
}

/** Puts the alarm on the errors of the alias. Its tag names the stack: no metric does. */
function putAlarm(stage: Stage, target: string): void {
  const Dimensions = [
    { Name: 'FunctionName', Value: FunctionName },
    { Name: 'Resource', Value: `${FunctionName}:live` },
  ];
  const sum = (Id: string, MetricName: string) => ({
    ...{ Id, ReturnData: false },
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
  });
  stage.call('cloudwatch', 'PutMetricAlarm', {
    ...{ AlarmName: ALARM, EvaluationPeriods: 2, DatapointsToAlarm: 2, Threshold: 2 },
    ...{ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' },
    Metrics: [
      { Id: 'share', Expression: '100 * errors / invocations', ReturnData: true },
      sum('errors', 'Errors'),
      sum('invocations', 'Invocations'),
    ],
    Tags: [{ Key: 'lastgood:target', Value: target }],
  });
}

/** Returns null if the stack has this status and the alias points at this version, or else how they stand. */
export function stands(status: string, version: string) {
  return (stage: Stage): string | null => {
    const now = stackNow(stage, 'shop').StackStatus;
    const points = stage.world.lambda.get(FunctionName, 'live')?.version;
    return now === status && points === version
      ? null
      : `the stack is ${now}, the alias points at ${points ?? ''}`;
  };
}

/** A resource that is slow to change, and harmless. */
export function slow(logicalId: string, seconds: number): Change {
  return { logicalId, type: 'AWS::SNS::Topic', seconds };
}

/** A resource that fails. */
export function failing(reason: string): Change {
  return { logicalId: 'Topic', type: 'AWS::SNS::Topic', seconds: 60, fails: reason };
}
