import { ListActionExecutionsCommand } from '@aws-sdk/client-codepipeline';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

/** Less than the part's actions, so that there is a second page. */
const PAGE = 3;

/** The first pages of ListActionExecutions hold the newest actions. */
export const pipelineActionOrder: Question = {
  id: 'pipeline-action-order',
  part: 'pipeline-stage',
  looksAt: `the starts of the actions on the first page of ListActionExecutions, of ${PAGE}, beside those of all`,
  assumed: 'no other action started later than one of the first page',
  answer: async ({ clients: { codePipeline }, outputs }) => {
    const pipelineName = outputs('Pipeline');
    const starts = async (maxResults?: number) => {
      const { actionExecutionDetails = [] } = await codePipeline.send(
        new ListActionExecutionsCommand({ pipelineName, maxResults }),
      );
      return actionExecutionDetails.flatMap(({ startTime }) => startTime?.getTime() ?? []);
    };
    const [first, all] = [await starts(PAGE), await starts()];
    if (first.length === 0 || all.length <= first.length) return notSeen('there is no second page');
    const oldest = Math.min(...first);
    const later = all.filter((one) => one > oldest).length;
    const found = `${later} of ${all.length} actions started after the oldest of the first ${first.length}`;
    return later < first.length ? asAssumed(found) : otherwise(found);
  },
};
