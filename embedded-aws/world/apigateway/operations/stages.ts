import type {
  CanarySettings,
  CreateStageRequest,
  DeleteStageRequest,
  GetStageRequest,
  GetStagesRequest,
  Stage as SdkStage,
  Stages,
  UpdateStageRequest,
} from '@aws-sdk/client-api-gateway';
import type { Operation } from '../../service.ts';
import { below, onStage } from '../access.ts';
import { describeStage } from '../describe.ts';
import { conflict } from '../errors.ts';
import type { Canary, RestApi, Stage } from '../model.ts';
import { checked, existing, patched, percentIn } from '../patch.ts';
import type { ApiGatewayState } from '../state.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html */
export function stageOperations(state: ApiGatewayState): Readonly<Record<string, Operation>> {
  return {
    CreateStage: {
      authorize: ({ restApiId }: CreateStageRequest) => below('POST', restApiId, 'stages'),
      run: (input: CreateStageRequest) => create(state, input),
    },
    GetStage: {
      authorize: (input: GetStageRequest) => onStage(state, 'GET', input),
      run: ({ restApiId, stageName }: GetStageRequest) => describeStage(state.stage(restApiId, stageName)),
    },
    GetStages: {
      authorize: ({ restApiId }: GetStagesRequest) => below('GET', restApiId, 'stages'),
      run: ({ restApiId, deploymentId }: GetStagesRequest): Stages => {
        const all = [...state.api(restApiId).stages.values()];
        const isNamed = ({ settings }: Stage) => [undefined, settings.deploymentId].includes(deploymentId);
        return { item: all.filter(isNamed).map(describeStage) };
      },
    },
    UpdateStage: {
      authorize: (input: UpdateStageRequest) => onStage(state, 'PATCH', input),
      run: ({ restApiId, stageName, patchOperations = [] }: UpdateStageRequest) => {
        const stage = state.stage(restApiId, stageName);
        stage.settings = patched(state.api(restApiId), stage.settings, patchOperations);
        stage.updatedAt = state.clock.now();
        return describeStage(stage);
      },
    },
    DeleteStage: {
      authorize: (input: DeleteStageRequest) => onStage(state, 'DELETE', input),
      run: ({ restApiId, stageName }: DeleteStageRequest) => {
        state.api(restApiId).stages.delete(state.stage(restApiId, stageName).name);
        return {};
      },
    },
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
function create(state: ApiGatewayState, input: CreateStageRequest): SdkStage {
  const { restApiId, stageName = '', deploymentId = '', description = '', tags = {} } = input;
  const { variables = {}, canarySettings } = input;
  const api = state.api(restApiId);
  if (api.stages.has(stageName)) throw conflict('Stage already exists');
  const now = state.clock.now();
  const stage: Stage = {
    ...{ name: stageName, tags: { ...tags }, createdAt: now, updatedAt: now },
    settings: {
      deploymentId: existing(api, deploymentId),
      description,
      variables: checked(variables),
      canary: canarySettings === undefined ? null : canaryOf(api, deploymentId, canarySettings),
    },
  };
  api.stages.set(stageName, stage);
  return describeStage(stage);
}

function canaryOf(api: RestApi, ofStage: string, settings: CanarySettings): Canary {
  const { deploymentId = ofStage, percentTraffic = 0, stageVariableOverrides = {} } = settings;
  return {
    deploymentId: existing(api, deploymentId),
    percent: percentIn(percentTraffic),
    overrides: checked(stageVariableOverrides),
    useStageCache: settings.useStageCache ?? false,
  };
}
