import { GetPipelineStateCommand, ListActionExecutionsCommand } from '@aws-sdk/client-codepipeline';
import { DEPLOY } from '../parts/pipeline-stage.ts';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

/** An execution of the type ROLLBACK ends with its stage. The pipeline has a later one. */
export const pipelineAfterRollback: Question = {
  id: 'pipeline-after-rollback',
  part: 'pipeline-stage',
  looksAt: 'the stages whose actions ran in the execution of the type ROLLBACK',
  assumed: 'only the stage that was rolled back is among them',
  answer: async ({ clients: { codePipeline }, outputs }) => {
    const pipelineName = outputs('Pipeline');
    const state = await codePipeline.send(new GetPipelineStateCommand({ name: pipelineName }));
    const stage = state.stageStates?.find(({ stageName }) => stageName === DEPLOY);
    const { pipelineExecutionId, type } = stage?.latestExecution ?? {};
    if (type !== 'ROLLBACK') return notSeen('the last execution in the stage is no rollback');
    const { actionExecutionDetails = [] } = await codePipeline.send(
      new ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId } }),
    );
    const stages = [...new Set(actionExecutionDetails.flatMap(({ stageName }) => stageName ?? []))];
    if (stages.length === 0) return notSeen('its actions are not listed');
    const isAlone = stages.every((one) => one === DEPLOY);
    return isAlone ? asAssumed(stages.join(', ')) : otherwise(stages.join(', '));
  },
};
