import type * as sdk from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../world/apigateway/apigateway.ts';
import type { Definition } from '../../world/apigateway/model.ts';
import type { Datum } from '../../world/seams.ts';
import { AwsError } from '../../world/service.ts';
import { surround } from './elb-shop.ts';

export const GOOD: Definition = { errorRate: 0, latency: 0.1 };
export const BAD: Definition = { errorRate: 1, latency: 0.1 };

interface Outputs {
  CreateDeployment: sdk.Deployment;
  CreateRestApi: sdk.RestApi;
  CreateStage: sdk.Stage;
  DeleteDeployment: object;
  DeleteMethod: object;
  DeleteStage: object;
  GetDeployment: sdk.Deployment;
  GetDeployments: sdk.Deployments;
  GetRestApi: sdk.RestApi;
  GetRestApis: sdk.RestApis;
  GetStage: sdk.Stage;
  GetStages: sdk.Stages;
  GetTags: sdk.Tags;
  PutIntegration: sdk.Integration;
  PutIntegrationResponse: sdk.IntegrationResponse;
  PutMethod: sdk.Method;
  PutMethodResponse: sdk.MethodResponse;
  TagResource: object;
  UntagResource: object;
  UpdateIntegration: sdk.Integration;
  UpdateStage: sdk.Stage;
}

/** The REST API `checkout` with a first deployment on its stage `prod`. */
export class ApiGatewayWorld {
  readonly measured: Datum[] = [];
  readonly surroundings;
  readonly apigateway;
  readonly api: string;
  readonly first: string;

  constructor(seed = 1) {
    this.surroundings = surround(seed);
    this.apigateway = createApiGateway(this.surroundings, {
      metrics: { record: (datum) => this.measured.push(datum) },
    });
    this.api = this.call('CreateRestApi', { name: 'checkout' }).id!;
    this.first = this.deploy(GOOD, { description: 'first' });
    this.call('CreateStage', {
      ...{ restApiId: this.api, stageName: 'prod', deploymentId: this.first },
      ...{ variables: { backend: 'v1' }, tags: { lastgood: 'auto' } },
    });
  }

  get clock() {
    return this.surroundings.clock;
  }

  get arn(): string {
    return `arn:aws:apigateway:eu-west-1::/restapis/${this.api}/stages/prod`;
  }

  call<Name extends keyof Outputs>(operation: Name, input: object): Outputs[Name] {
    return this.apigateway.operations[operation]!.run(input as never, { role: 'operator' }) as Outputs[Name];
  }

  /** Returns the code of a call's AWS error; null if it succeeds. */
  refusal(operation: keyof Outputs, input: object): string | null {
    try {
      this.call(operation, input);
      return null;
    } catch (error) {
      if (error instanceof AwsError) return error.code;
      throw error;
    }
  }

  /** Takes a snapshot of a definition. Returns its id. */
  deploy(definition: Definition, more: object = {}): string {
    this.apigateway.define(this.api, definition);
    return this.call('CreateDeployment', { restApiId: this.api, ...more }).id!;
  }

  /** Deploys onto the stage. */
  release(definition: Definition, more: object = {}): string {
    return this.deploy(definition, { stageName: 'prod', ...more });
  }

  canary(definition: Definition, percentTraffic: number, stageVariableOverrides: object = {}): string {
    return this.release(definition, { canarySettings: { percentTraffic, stageVariableOverrides } });
  }

  patch(...patchOperations: readonly sdk.PatchOperation[]): sdk.Stage {
    return this.call('UpdateStage', { restApiId: this.api, stageName: 'prod', patchOperations });
  }

  refusedPatch(...patchOperations: readonly sdk.PatchOperation[]): string | null {
    return this.refusal('UpdateStage', { restApiId: this.api, stageName: 'prod', patchOperations });
  }

  get prod(): sdk.Stage {
    return this.call('GetStage', { restApiId: this.api, stageName: 'prod' });
  }

  pass(seconds: number): Promise<void> {
    return this.surroundings.run(seconds);
  }
}
