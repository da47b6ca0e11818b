import { REGION } from '../aws.ts';
import type { Behaviour } from '../seams.ts';

/** How the snapshot of an API answers. */
export interface Definition extends Pick<Behaviour, 'errorRate' | 'latency'> {
  /** Stage variables without which every request fails, by name: the snapshot was written for these values. */
  readonly expects?: Variables;
}

export type Variables = Readonly<Record<string, string>>;

/** A snapshot of an API's definition. */
export interface Deployment {
  readonly id: string;
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly definition: Definition;
}

export interface Canary {
  readonly deploymentId: string;
  /** Share of the requests, 0 to 100. */
  readonly percent: number;
  /** Stage variables that differ for the canary. The others are those of the stage. */
  readonly overrides: Variables;
  readonly useStageCache: boolean;
}

/** The part of a stage that a patch may change. */
export interface Settings {
  readonly deploymentId: string;
  readonly description: string;
  readonly variables: Variables;
  readonly canary: Canary | null;
}

export interface Stage {
  readonly name: string;
  settings: Settings;
  readonly tags: Record<string, string>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  updatedAt: number;
}

/** A method of an API's root resource, by its HTTP verb. Only mock integrations are modelled. */
export interface Method {
  /** The status codes that it may return. */
  readonly responses: Set<string>;
  /** Null until it has one. */
  integration: MockIntegration | null;
}

export interface MockIntegration {
  /** The mapping template of requests that carry JSON, or name no type. */
  readonly template: string;
  /** Integration responses: the pattern of the status for which each is chosen, by its code. */
  readonly responses: ReadonlyMap<string, string | undefined>;
}

export interface RestApi {
  readonly id: string;
  /** Id of the resource `/`. */
  readonly rootId: string;
  /** Not unique. */
  readonly name: string;
  readonly description: string;
  readonly tags: Record<string, string>;
  readonly createdAt: number;
  /** What the next deployment takes a snapshot of, where the API has no method. */
  definition: Definition;
  /** Methods of the root resource, by HTTP verb. */
  readonly methods: Map<string, Method>;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
}

/** An HTTP API, as the tags of its stages show it. Its own service, apigatewayv2, is not modelled. */
export interface HttpStage {
  readonly apiId: string;
  readonly stage: string;
  readonly tags: Variables;
}

/**
 * Returns an ARN of API Gateway, which has no account.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function arnOf(path: string): string {
  return `arn:aws:apigateway:${REGION}::${path}`;
}

export const apiArn = (apiId: string): string => arnOf(`/restapis/${apiId}`);

export const stageArn = (apiId: string, stage: string): string => `${apiArn(apiId)}/stages/${stage}`;
