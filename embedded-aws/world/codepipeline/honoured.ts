import { honouring } from '../service.ts';

/** Lists the input members that each operation honours. Of a declaration, `check.ts` refuses what is not modelled. */
export const HONOURED = honouring({
  CreatePipeline: 'pipeline tags',
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
  StartPipelineExecution: 'name sourceRevisions',
  StopPipelineExecution: 'pipelineName pipelineExecutionId abandon reason',
  TagResource: 'resourceArn tags',
  UntagResource: 'resourceArn tagKeys',
  UpdatePipeline: 'pipeline',
});
