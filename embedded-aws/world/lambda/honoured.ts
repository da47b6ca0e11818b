import { honouring } from '../service.ts';

/**
 * Lists the input members that each operation honours. Code does not run, so what a new function would run is let pass.
 */
export const HONOURED = honouring({
  CreateAlias: 'FunctionName Name FunctionVersion Description RoutingConfig',
  CreateFunction: 'FunctionName Runtime Role Handler Code Environment LoggingConfig MemorySize Tags Timeout',
  DeleteAlias: 'FunctionName Name',
  DeleteFunction: 'FunctionName Qualifier',
  DeleteFunctionConcurrency: 'FunctionName',
  GetAlias: 'FunctionName Name',
  GetFunction: 'FunctionName Qualifier',
  GetFunctionConfiguration: 'FunctionName Qualifier',
  GetFunctionConcurrency: 'FunctionName',
  GetProvisionedConcurrencyConfig: 'FunctionName Qualifier',
  ListAliases: 'FunctionName Marker MaxItems',
  ListProvisionedConcurrencyConfigs: 'FunctionName Marker MaxItems',
  ListTags: 'Resource',
  ListVersionsByFunction: 'FunctionName Marker MaxItems',
  PublishVersion: 'FunctionName Description',
  PutFunctionConcurrency: 'FunctionName ReservedConcurrentExecutions',
  PutProvisionedConcurrencyConfig: 'FunctionName Qualifier ProvisionedConcurrentExecutions',
  TagResource: 'Resource Tags',
  UntagResource: 'Resource TagKeys',
  UpdateFunctionConfiguration:
    'FunctionName Environment Handler Layers LoggingConfig MemorySize Role Timeout VpcConfig',
  UpdateAlias: 'FunctionName Name FunctionVersion Description RoutingConfig RevisionId',
  ListFunctions: 'FunctionVersion MasterRegion Marker MaxItems',
});
