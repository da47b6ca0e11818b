import type { Access } from '../service.ts';
import { actionArn, pipelineArn, stageArn } from './names.ts';
import type { CodePipelineState } from './state.ts';

/*
 * The IAM checks of each operation.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html Only pipelines have tags,
 * but stages and actions list `aws:ResourceTag` too. Assumed: it is the pipeline's. Unknown: pipeline-tags-of-stages.
 */

export function onPipeline({ pipelines }: CodePipelineState, action: string, pipeline = ''): Access {
  return {
    action: `codepipeline:${action}`,
    resource: pipelineArn(pipeline),
    tags: pipelines.get(pipeline)?.tags ?? {},
  };
}

export function onStage(state: CodePipelineState, action: string, pipeline = '', stage = ''): Access {
  return { ...onPipeline(state, action, pipeline), resource: stageArn(pipeline, stage) };
}

export function onAction(
  state: CodePipelineState,
  action: string,
  { pipelineName: pipeline = '', stageName: stage = '', actionName: name = '' }: ActionNames,
): Access {
  return { ...onPipeline(state, action, pipeline), resource: actionArn(pipeline, stage, name) };
}

interface ActionNames {
  readonly pipelineName?: string | undefined;
  readonly stageName?: string | undefined;
  readonly actionName?: string | undefined;
}
