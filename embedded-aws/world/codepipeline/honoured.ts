import { honouring } from '../service.ts';

/**
 * Lists the input members that each operation honours. Of a declaration, `check.ts` refuses what is not modelled. Client
 * tokens are let pass: no call is made twice here.
 */
export const HONOURED = honouring({
  CreatePipeline: 'pipeline tags',
  DeletePipeline: 'name',
  DisableStageTransition: 'pipelineName stageName transitionType reason',
  EnableStageTransition: 'pipelineName stageName transitionType',
  GetPipeline: 'name',
  GetPipelineExecution: 'pipelineName pipelineExecutionId',
  GetPipelineState: 'name',
  ListActionExecutions: 'pipelineName filter maxResults nextToken',
  ListPipelineExecutions: 'pipelineName filter maxResults nextToken',
  ListPipelines: 'maxResults nextToken',
  ListTagsForResource: 'resourceArn',
  PutApprovalResult: 'pipelineName stageName actionName result token',
  RollbackStage: 'pipelineName stageName targetPipelineExecutionId',
  StartPipelineExecution: 'name sourceRevisions clientRequestToken',
  StopPipelineExecution: 'pipelineName pipelineExecutionId abandon reason',
  TagResource: 'resourceArn tags',
  UntagResource: 'resourceArn tagKeys',
  UpdatePipeline: 'pipeline',
});
