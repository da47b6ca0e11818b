import { arn } from '../aws.ts';

/* https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html */

export function pipelineArn(pipeline: string): string {
  return arn('codepipeline', pipeline);
}

export function stageArn(pipeline: string, stage: string): string {
  return arn('codepipeline', `${pipeline}/${stage}`);
}

export function actionArn(pipeline: string, stage: string, action: string): string {
  return arn('codepipeline', `${pipeline}/${stage}/${action}`);
}
