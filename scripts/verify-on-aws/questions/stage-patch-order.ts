import { GetStageCommand, UpdateStageCommand, type PatchOperation } from '@aws-sdk/client-api-gateway';
import { STAGE, VARIABLE } from '../parts/apigateway-stage.ts';
import { asAssumed, notSeen, otherwise, type Question, type Shown } from './question.ts';

const set = (value: string): PatchOperation => ({ op: 'replace', path: `/variables/${VARIABLE}`, value });

/** No deployment has such an id. */
const REFUSED: PatchOperation = { op: 'replace', path: '/deploymentId', value: 'zzzzzzzzzz' };

/** How long the stage is let rest after a change, so that a late answer is not taken for its outcome. */
const REST_SECONDS = 30;

/** UpdateStage applies a list in its order, and nothing of a list that it refuses in part. */
export const stagePatchOrder: Question = {
  id: 'stage-patch-order',
  part: 'apigateway-stage',
  looksAt:
    'a stage variable that one UpdateStage sets twice, and one beside a deployment that does not exist',
  assumed: 'the last operation holds; a list that is refused changes nothing',
  answer: async (shown) => {
    const problem = await patch(shown, [set('first'), set('second')]);
    if (problem !== null) return notSeen(`API Gateway refused to set a variable twice: ${problem}`);
    const twice = await valueNow(shown);
    const refusal = await patch(shown, [set('third'), REFUSED]);
    if (refusal === null) return notSeen('API Gateway accepted a deployment that does not exist');
    const after = await valueNow(shown);
    const found = `set to first and second, it was ${twice}; after ${refusal}, it was ${after}`;
    return twice === 'second' && after === twice ? asAssumed(found) : otherwise(found);
  },
};

/** Returns the name of the refusal; null if there is none. */
async function patch({ clients, outputs }: Shown, patchOperations: PatchOperation[]): Promise<string | null> {
  try {
    await clients.apiGateway.send(
      new UpdateStageCommand({ restApiId: outputs('Api'), stageName: STAGE, patchOperations }),
    );
    return null;
  } catch (error) {
    if (error instanceof Error && /^(BadRequest|NotFound)Exception$/.test(error.name)) return error.name;
    throw error;
  }
}

async function valueNow({ clients, outputs, wait }: Shown): Promise<string> {
  await wait(REST_SECONDS);
  const { variables = {} } = await clients.apiGateway.send(
    new GetStageCommand({ restApiId: outputs('Api'), stageName: STAGE }),
  );
  return variables[VARIABLE] ?? 'missing';
}
