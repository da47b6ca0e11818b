import { GetStageCommand } from '@aws-sdk/client-api-gateway';
import { STAGE } from '../parts/apigateway-stage.ts';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

const ASSUMED_SECONDS = 30;

/** GetStage shows a changed stage soon after the change. */
export const lateStage: Question = {
  id: 'late-stage',
  part: 'apigateway-stage',
  looksAt: "the stage's deployment in GetStage after CreateDeployment",
  assumed: `the new one is shown within ${ASSUMED_SECONDS} seconds`,
  look: async ({ clients, outputs, now }) => {
    const { deploymentId } = await clients.apiGateway.send(
      new GetStageCommand({ restApiId: outputs('Api'), stageName: STAGE }),
    );
    return `${now} ${deploymentId === outputs('ApiDeployment') ? 'old' : 'new'}`;
  },
  answer: ({ seen, course: { releasedAt } }) => {
    const first = seen.find((note) => note.endsWith(' new'));
    if (first === undefined) return notSeen('the new deployment was never shown');
    const seconds = Math.round((Number.parseInt(first, 10) - releasedAt) / 1000);
    const found = `shown at the look ${seconds} seconds after the release`;
    return seconds <= ASSUMED_SECONDS ? asAssumed(found) : otherwise(found);
  },
};
