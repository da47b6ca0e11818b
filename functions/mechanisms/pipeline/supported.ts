import type { Survey } from './survey.ts';

/**
 * Returns why AWS rolls this stage back never. Null: it may. Unknown: pipeline-v1-rollback.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 */
export function whyUnsupported({
  pipeline,
  stage,
  name,
}: Pick<Survey, 'pipeline' | 'stage' | 'name'>): string | null {
  if (pipeline.stages[0]?.name === stage.name)
    return `${name.stage} is the source stage of the pipeline, and AWS rolls no source stage back`;
  if (pipeline.type !== 'V2')
    return `the pipeline ${name.pipeline} is of the type ${pipeline.type}, and AWS rolls back stages of the type V2 only`;
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/execution-modes.html
  if (pipeline.mode === 'PARALLEL')
    return `the pipeline ${name.pipeline} has the execution mode PARALLEL, in which AWS rolls no stage back`;
  return null;
}
