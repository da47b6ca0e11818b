import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type {
  ActionDeclaration,
  ListPipelineExecutionsOutput,
  PipelineDeclaration,
  StageDeclaration,
  StageState,
  GetPipelineStateOutput,
  StartPipelineExecutionOutput,
} from '@aws-sdk/client-codepipeline';
import { ACCOUNT, arn } from '@lastgood/embedded-aws/world/aws.ts';
import type { Code } from '@lastgood/embedded-aws/world/lambda/model.ts';
import { request as requestOnBus } from '../requests.ts';
import type { Stage } from '../stage.ts';
import { whole } from '../whole.ts';

/** The stage of the scenarios, whose action deploys the function `checkout`. Users call its alias all the time. */
export const TARGET = 'pipeline:checkout/Prod';

export const PIPELINE_ARN = arn('codepipeline', 'checkout');

/** Behaviour of good code. Faults are given as differences from it. */
const GOOD: Code = { errorRate: 0.0001, latency: 0.08 };
export const FAULTY = { errorRate: 0.4 };

const SOAK_MINUTES = 5;
const FunctionName = 'checkout';

export function deployAction(name: string, provider: string, configuration: Record<string, string>) {
  const actionTypeId = { category: 'Deploy', owner: 'AWS', provider, version: '1' } as const;
  return { name, actionTypeId, configuration } satisfies ActionDeclaration;
}

export const DEPLOY = deployAction('Deploy', 'Lambda', { FunctionName, FunctionAlias: 'live' });
export const PROD: StageDeclaration = { name: 'Prod', actions: [DEPLOY] };

export interface ShopOptions {
  /** AWS tags of the pipeline. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The stages after the source. */
  readonly stages?: readonly StageDeclaration[];
  /** Members of the declaration. */
  readonly declaration?: Partial<PipelineDeclaration>;
  /** Waits until the first execution is proven in the ledger. */
  readonly proven?: boolean;
  /** The behaviour of the first commit; good unless the scenario says otherwise. */
  readonly first?: Partial<Code>;
  /** Puts these alarms in place of the usual one. */
  readonly putAlarms?: () => void;
}

/** Actions of a scenario on the pipeline. Commits are named c1, c2 and so on. */
export interface Shop {
  /** Starts an execution with a commit of this code, or with one that was there before, and returns its id. */
  start(code?: Partial<Code>, again?: string): string;
  /** Starts an execution, and waits until the stage Prod has run it. */
  release(code?: Partial<Code>, again?: string): Promise<string>;
  /** Waits until what the stage runs is proven. */
  soaked(): Promise<void>;
  /** The first execution. */
  readonly good: string;
}

export async function openShop(stage: Stage, options: ShopOptions = {}): Promise<Shop> {
  const { proven = true, first = {} } = options;
  openFunction(stage);
  createPipeline(stage, options);
  const start = starting(stage);
  const release: Shop['release'] = async (code, again) => {
    const id = start(code, again);
    await stage.until('the stage has run it', () => isThrough(stage, id), 30);
    return id;
  };
  const good = await release(first);
  (options.putAlarms ?? (() => putAlarm(stage)))();
  await stage.minutes(3);
  const soaked: Shop['soaked'] = () => stage.minutes(SOAK_MINUTES + 4);
  if (proven) await soaked();
  return { start, release, soaked, good };
}

function openFunction(stage: Stage): void {
  const Role = `arn:aws:iam::${ACCOUNT}:role/checkout`;
  stage.call('lambda', 'CreateFunction', { FunctionName, Role, Code: { S3Bucket: 'code' } });
  stage.call('lambda', 'PublishVersion', { FunctionName });
  stage.call('lambda', 'CreateAlias', { FunctionName, Name: 'live', FunctionVersion: '1' });
}

function createPipeline(stage: Stage, { tags = {}, ...options }: ShopOptions): void {
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...tags };
  stage.call('codepipeline', 'CreatePipeline', {
    pipeline: declarationOf(options),
    tags: Object.entries(all).map(([key, value]) => ({ key, value })),
  });
}

function declarationOf({ stages = [PROD], declaration = {} }: ShopOptions): PipelineDeclaration {
  const source = {
    category: 'Source',
    owner: 'AWS',
    provider: 'CodeStarSourceConnection',
    version: '1',
  } as const;
  return {
    ...{ name: 'checkout', pipelineType: 'V2', roleArn: `arn:aws:iam::${ACCOUNT}:role/checkout-pipeline` },
    stages: [{ name: 'Source', actions: [{ name: 'Commit', actionTypeId: source }] }, ...stages],
    ...declaration,
  };
}

/** Edits the pipeline, as a script that sets something about it does: the structure version rises. */
export function edit(stage: Stage, options: ShopOptions = {}): void {
  stage.call('codepipeline', 'UpdatePipeline', { pipeline: declarationOf(options) });
  stage.journal.note('a script edits the pipeline');
}

function starting(stage: Stage): Shop['start'] {
  let commits = 0;
  const write = (code: Partial<Code>): string => {
    const commit = `c${++commits}`;
    stage.world.codepipeline.commit(commit, {
      code: whole(GOOD, code),
      summary: `change ${commits}`,
      url: `https://git.example.com/checkout/commit/${commit}`,
    });
    return commit;
  };
  return (code = {}, again) => {
    const commit = again ?? write(code);
    const sourceRevisions = [{ actionName: 'Commit', revisionType: 'COMMIT_ID', revisionValue: commit }];
    const input = { name: 'checkout', sourceRevisions };
    const { pipelineExecutionId = '' } = stage.call<StartPipelineExecutionOutput>(
      'codepipeline',
      'StartPipelineExecution',
      input,
    );
    stage.journal.release(`the pipeline starts with commit ${commit}`);
    return pipelineExecutionId;
  };
}

/** Puts an alarm on the errors of the alias. Its tag names the stage: no metric has a dimension of it. */
function putAlarm(stage: Stage): void {
  const Dimensions = [
    { Name: 'FunctionName', Value: FunctionName },
    { Name: 'Resource', Value: 'checkout:live' },
  ];
  const sum = (Id: string, MetricName: string) => ({
    ...{ Id, ReturnData: false },
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
  });
  const alarm: PutMetricAlarmInput = {
    AlarmName: 'checkout-errors',
    ...{ EvaluationPeriods: 2, DatapointsToAlarm: 2, Threshold: 2 },
    ...{ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' },
    Metrics: [
      { Id: 'share', Expression: '100 * errors / invocations', ReturnData: true },
      sum('errors', 'Errors'),
      sum('invocations', 'Invocations'),
    ],
    Tags: [{ Key: 'lastgood:target', Value: TARGET }],
  };
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}

/** Asks for a rollback on Lastgood's bus, as a tool does. */
export function request(stage: Stage, revision?: string): void {
  requestOnBus(stage, {
    target: TARGET,
    reason: 'carts are empty',
    ...(revision !== undefined && { revision }),
  });
}

/** Rolls the stage back by hand, as a person does in the console. */
export function rollBackByHand(stage: Stage, execution: string, stageName = 'Prod'): void {
  const input = { pipelineName: 'checkout', stageName, targetPipelineExecutionId: execution };
  stage.call('codepipeline', 'RollbackStage', input);
  stage.journal.note(`a person rolls the stage ${stageName} back`);
}

const INBOUND = { pipelineName: 'checkout', stageName: 'Prod', transitionType: 'Inbound' };

/** Disables the inbound transition of the stage Prod, as a person does. */
export function hold(stage: Stage): void {
  stage.call('codepipeline', 'DisableStageTransition', { ...INBOUND, reason: 'the fix is being reviewed' });
}

/** Enables it again, and the execution that waits enters. */
export function letIn(stage: Stage): void {
  stage.call('codepipeline', 'EnableStageTransition', INBOUND);
  stage.journal.note('a person enables the transition');
}

/** Returns the state of the stage Prod. */
export function prodNow(stage: Stage): StageState | undefined {
  const { stageStates = [] } = stage.call<GetPipelineStateOutput>('codepipeline', 'GetPipelineState', {
    name: 'checkout',
  });
  return stageStates.find(({ stageName }) => stageName === 'Prod');
}

function isThrough(stage: Stage, id: string): boolean {
  const { pipelineExecutionId, status = '' } = prodNow(stage)?.latestExecution ?? {};
  return pipelineExecutionId === id && status !== 'InProgress';
}

/** Returns null if the last execution in the stage deployed this commit, or else the one that it deployed. */
export function runs(stage: Stage, commit: string): string | null {
  const latest = prodNow(stage)?.latestExecution?.pipelineExecutionId;
  const { pipelineExecutionSummaries = [] } = stage.call<ListPipelineExecutionsOutput>(
    'codepipeline',
    'ListPipelineExecutions',
    { pipelineName: 'checkout' },
  );
  const last = pipelineExecutionSummaries.find(({ pipelineExecutionId }) => pipelineExecutionId === latest);
  const found = last?.sourceRevisions?.[0]?.revisionId;
  return found === commit ? null : `the stage ran ${found ?? 'nothing'}, not ${commit}`;
}
