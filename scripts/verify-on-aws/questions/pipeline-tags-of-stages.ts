import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

/** The tags of a pipeline authorise the rollback of its stages. */
export const pipelineTagsOfStages: Question = {
  id: 'pipeline-tags-of-stages',
  part: 'pipeline-stage',
  looksAt: "Lastgood's RollbackStage, which its role allows by the tag of the stage",
  assumed: 'the tags of the pipeline count, so that AWS does not refuse it',
  answer: ({ course: { execution, ended } }) => {
    const reason = execution?.document.outcome?.reason ?? '';
    if (/codepipeline:RollbackStage/.test(reason)) return otherwise(`refused: ${reason}`);
    return ended === 'rolled-back' ? asAssumed('not refused') : notSeen('the stage was not rolled back');
  },
};
