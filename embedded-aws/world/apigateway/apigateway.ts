import type { Surroundings } from '../aws.ts';
import type { Metrics } from '../seams.ts';
import { limited, type AwsService } from '../service.ts';
import type { TaggedResources } from '../tagging/tagging.ts';
import type { Users } from '../traffic/users.ts';
import { bucketOf } from './buckets.ts';
import { createCallers } from './callers.ts';
import { HONOURED } from './honoured.ts';
import { apiArn, arnOf, stageArn, type Definition, type HttpStage } from './model.ts';
import { apiOperations } from './operations/apis.ts';
import { deploymentOperations } from './operations/deployments.ts';
import { methodOperations } from './operations/methods.ts';
import { stageOperations } from './operations/stages.ts';
import { tagOperations } from './operations/tags.ts';
import { ApiGatewayState } from './state.ts';

/** Amazon API Gateway: REST APIs and the users of their stages. */
export interface ApiGateway extends AwsService, TaggedResources {
  /** Changes what later deployments of an API without methods answer. Stands in for PutRestApi. */
  define(restApiId: string, definition: Definition): void;
  /** Adds a stage of an HTTP API, which has its own service and is seen here only by its tags. */
  addHttpStage(stage: HttpStage): void;
  readonly callers: Users;
}

/**
 * Simulates Amazon API Gateway: REST APIs with their deployments, stages, stage variables and canary releases. Of an
 * API's definition, methods of the root resource with mock integrations are modelled; without a method, the scenario sets
 * what the next deployment answers. Caches, custom domain names, and HTTP APIs are not modelled.
 */
export function createApiGateway(
  surroundings: Surroundings,
  { metrics }: { readonly metrics: Metrics },
): ApiGateway {
  const state = new ApiGatewayState(surroundings);
  return {
    signingName: 'apigateway',
    honoured: HONOURED,
    operations: limited(
      {
        ...apiOperations(state),
        ...deploymentOperations(state),
        ...methodOperations(state),
        ...stageOperations(state),
        ...tagOperations(state),
      },
      bucketOf,
    ),
    define(restApiId, definition) {
      state.api(restApiId).definition = definition;
    },
    addHttpStage: (stage) => void state.http.push(stage),
    callers: createCallers(state, metrics),
    tagged: () => [...restTags(state), ...state.http.map(httpTags)],
  };
}

function restTags({ apis }: ApiGatewayState): ReturnType<TaggedResources['tagged']> {
  return [...apis.values()].flatMap(({ id, tags, stages }) => [
    { arn: apiArn(id), tags },
    ...[...stages.values()].map((stage) => ({ arn: stageArn(id, stage.name), tags: stage.tags })),
  ]);
}

function httpTags({ apiId, stage, tags }: HttpStage): ReturnType<TaggedResources['tagged']>[number] {
  return { arn: arnOf(`/apis/${apiId}/stages/${stage}`), tags };
}
