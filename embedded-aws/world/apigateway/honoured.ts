import { honouring } from '../service.ts';

/** Lists the input members that each operation honours. */
export const HONOURED = honouring({
  CreateDeployment: 'restApiId stageName description variables canarySettings',
  CreateRestApi: 'name description tags',
  CreateStage: 'restApiId stageName deploymentId description variables canarySettings tags',
  DeleteDeployment: 'restApiId deploymentId',
  DeleteRestApi: 'restApiId',
  DeleteStage: 'restApiId stageName',
  GetDeployment: 'restApiId deploymentId',
  GetDeployments: 'restApiId position limit',
  GetRestApi: 'restApiId',
  GetRestApis: 'position limit',
  GetStage: 'restApiId stageName',
  GetStages: 'restApiId deploymentId',
  GetTags: 'resourceArn',
  TagResource: 'resourceArn tags',
  UntagResource: 'resourceArn tagKeys',
  UpdateStage: 'restApiId stageName patchOperations',
});
