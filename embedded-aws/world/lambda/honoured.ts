import { honouring } from '../service.ts';

/**
 * Lists the input members that each operation honours. Code does not run, so what a new function would run is let pass.
 */
export const HONOURED = honouring({
  CreateAlias: 'FunctionName Name FunctionVersion Description RoutingConfig',
  CreateFunction: 'FunctionName Runtime Role Handler Code Tags Environment',
  DeleteFunction: 'FunctionName Qualifier',
  GetAlias: 'FunctionName Name',
  GetFunction: 'FunctionName Qualifier',
  GetFunctionConfiguration: 'FunctionName Qualifier',
  GetProvisionedConcurrencyConfig: 'FunctionName Qualifier',
  ListAliases: 'FunctionName Marker MaxItems',
  ListTags: 'Resource',
  ListVersionsByFunction: 'FunctionName Marker MaxItems',
  PublishVersion: 'FunctionName',
  PutProvisionedConcurrencyConfig: 'FunctionName Qualifier ProvisionedConcurrentExecutions',
  TagResource: 'Resource Tags',
  UntagResource: 'Resource TagKeys',
  UpdateAlias: 'FunctionName Name FunctionVersion Description RoutingConfig RevisionId',
  UpdateFunctionConfiguration: 'FunctionName Environment',
});
