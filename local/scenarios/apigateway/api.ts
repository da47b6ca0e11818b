import type { Deployment, PatchOperation, RestApi, Stage as ApiStage } from '@aws-sdk/client-api-gateway';
import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Definition } from '@lastgood/embedded-aws/world/apigateway/model.ts';
import type { Stage } from '../stage.ts';
import { whole } from '../whole.ts';

/** The stage `prod` of the API `checkout`, called by users all the time. AWS gives the API's id. */
export const TARGET = 'apigateway:the API checkout/prod';

/** Behaviour of a good definition. Faults are given as differences from it. */
export const GOOD: Definition = { errorRate: 0.0001, latency: 0.08 };

export const FAULTY = { errorRate: 0.4 };

const SOAK_MINUTES = 5;
const stageName = 'prod';
const API_NAME = 'checkout';

export interface ApiOptions {
  /** AWS tags of the stage. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The first definition; good unless the scenario says otherwise. */
  readonly first?: Partial<Definition>;
  /** Waits until the first deployment is proven in the ledger. */
  readonly proven?: boolean;
  /** Stage variables of the first deployment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Tags of the alarms. */
  readonly alarmTags?: (target: string) => Readonly<Record<string, string>>;
  /** Puts these alarms in place of the usual two. */
  readonly putAlarms?: (target: string) => void;
}

/** Actions of a scenario on the API. */
export interface Api {
  readonly id: string;
  readonly target: string;
  /** Id of the first deployment. */
  readonly first: string;
  /** Deploys a definition onto the stage. Returns the deployment's id. */
  release(definition?: Partial<Definition>, input?: object): string;
  /** Deploys a definition as a canary with a share of the requests, 0 to 100. */
  canary(percentTraffic: number, definition?: Partial<Definition>, overrides?: object): string;
  /** Promotes the canary, as the console does: it stays on the stage. */
  promote(): void;
  patch(...patchOperations: readonly PatchOperation[]): void;
  /** Points the stage at a deployment, as a person does. */
  putBack(deploymentId: string): void;
  removeCanary(): void;
  remove(deploymentId: string): void;
  /** Waits until the running deployment is proven. */
  soaked(): Promise<void>;
  now(): ApiStage;
}

export async function openApi(stage: Stage, options: ApiOptions = {}): Promise<Api> {
  const { first = {}, proven = true, variables = {}, alarmTags } = options;
  const tags = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...options.tags };
  const { id: restApiId = '' } = stage.call<RestApi>('apigateway', 'CreateRestApi', { name: API_NAME });
  const made = deploy(stage, restApiId, first);
  stage.call('apigateway', 'CreateStage', { restApiId, stageName, deploymentId: made, variables, tags });
  const api = createApi(stage, restApiId, made);
  if (options.putAlarms === undefined) putAlarms(stage, alarmTags?.(api.target) ?? {});
  else options.putAlarms(api.target);
  await stage.minutes(3);
  if (proven) await api.soaked();
  return api;
}

/** Takes a snapshot of a definition, and deploys it where the input says so. */
export function deploy(
  stage: Stage,
  restApiId: string,
  definition: Partial<Definition> = {},
  input: object = {},
): string {
  stage.world.apigateway.define(restApiId, whole(GOOD, definition));
  return stage.call<Deployment>('apigateway', 'CreateDeployment', { restApiId, ...input }).id ?? '';
}

function createApi(stage: Stage, restApiId: string, first: string): Api {
  const named = { restApiId, stageName };
  const patch: Api['patch'] = (...patchOperations) =>
    stage.call('apigateway', 'UpdateStage', { ...named, patchOperations });
  return {
    ...{ id: restApiId, target: `apigateway:${restApiId}/${stageName}`, first, patch },
    release(definition, input = {}) {
      const id = deploy(stage, restApiId, definition, { stageName, ...input });
      stage.journal.release(`deployment ${id} is released`);
      return id;
    },
    canary(percentTraffic, definition, overrides = {}) {
      const canarySettings = { percentTraffic, stageVariableOverrides: overrides };
      const id = deploy(stage, restApiId, definition, { stageName, canarySettings });
      stage.journal.release(`deployment ${id} gets ${percentTraffic} % of the requests`);
      return id;
    },
    promote() {
      patch(
        { op: 'replace', path: '/canarySettings/percentTraffic', value: '0.0' },
        { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
        { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
      );
      stage.journal.release('the canary is promoted');
    },
    putBack(deploymentId) {
      patch({ op: 'replace', path: '/deploymentId', value: deploymentId });
      stage.journal.note(`a person points the stage at deployment ${deploymentId}`);
    },
    removeCanary: () => patch({ op: 'remove', path: '/canarySettings' }),
    remove: (deploymentId) => stage.call('apigateway', 'DeleteDeployment', { restApiId, deploymentId }),
    soaked: () => stage.minutes(SOAK_MINUTES + 4),
    now: () => stage.call<ApiStage>('apigateway', 'GetStage', named),
  };
}

/** Puts alarms that name the stage by the name of its API. */
function putAlarms(stage: Stage, tags: Readonly<Record<string, string>>): void {
  const common = {
    Namespace: 'AWS/ApiGateway',
    Dimensions: [
      { Name: 'ApiName', Value: API_NAME },
      { Name: 'Stage', Value: stageName },
    ],
    Period: 60,
    Statistic: 'Average',
    EvaluationPeriods: 2,
    DatapointsToAlarm: 2,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'missing',
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  } satisfies Partial<PutMetricAlarmInput>;
  const errors = { AlarmName: 'checkout-errors', MetricName: '5XXError', Threshold: 0.02 };
  const latency = { AlarmName: 'checkout-latency', MetricName: 'Latency', Threshold: 500 };
  stage.call('cloudwatch', 'PutMetricAlarm', { ...common, ...errors });
  stage.call('cloudwatch', 'PutMetricAlarm', { ...common, ...latency });
}

/** Returns null if the stage has only this deployment, with these variables, or else what it has. */
export function has(api: Api, deployment: string, variables: Readonly<Record<string, string>> = {}) {
  const { deploymentId = '', canarySettings, variables: present = {} } = api.now();
  const isSame = JSON.stringify(sorted(present)) === JSON.stringify(sorted(variables));
  if (deploymentId === deployment && isSame && canarySettings === undefined) return null;
  return `the stage has ${JSON.stringify({ deploymentId, present, canarySettings })}, and not ${deployment} alone`;
}

function sorted(variables: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(variables).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
