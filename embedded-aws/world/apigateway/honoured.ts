import { honouring } from '../service.ts';

/** Lists the input members that each operation honours. */
export const HONOURED = honouring({
  CreateDeployment: 'restApiId stageName description variables canarySettings',
  CreateRestApi: 'name description tags',
  CreateStage: 'restApiId stageName deploymentId description variables canarySettings tags',
  DeleteMethod: 'restApiId resourceId httpMethod',
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
  PutIntegration: 'restApiId resourceId httpMethod type requestTemplates',
  PutIntegrationResponse: 'restApiId resourceId httpMethod statusCode selectionPattern',
  PutMethod: 'restApiId resourceId httpMethod authorizationType',
  PutMethodResponse: 'restApiId resourceId httpMethod statusCode',
  TagResource: 'resourceArn tags',
  UntagResource: 'resourceArn tagKeys',
  UpdateIntegration: 'restApiId resourceId httpMethod patchOperations',
  UpdateStage: 'restApiId stageName patchOperations',
});
