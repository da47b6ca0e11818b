import {
  DisableStageTransitionCommand,
  GetPipelineCommand,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  ListTagsForResourceCommand,
  RollbackStageCommand,
  type CodePipelineClient,
  type PipelineExecutionFilter,
} from '@aws-sdk/client-codepipeline';
import { isNamed } from '../../../src/aws/errors.ts';
import type { ActionRun, CodePipeline, Execution } from './codepipeline.ts';
import { toExecution, toOne, toPipeline, toRun, toState } from './from-aws.ts';

/** The most results of a page, of both lists (API reference). */
const MAX_RESULTS = 100;

/** Each page holds a hundred runs of actions: those of twenty executions with five actions. */
const MAX_PAGES_OF_RUNS = 3;

const MISSING = ['PipelineNotFoundException', 'StageNotFoundException', 'PipelineExecutionNotFoundException'];

/** Binds the calls to a client. */
export function createCodePipeline(client: Pick<CodePipelineClient, 'send'>): CodePipeline {
  const executions = async (pipelineName: string, filter?: PipelineExecutionFilter) => {
    const input = { pipelineName, maxResults: MAX_RESULTS, ...(filter !== undefined && { filter }) };
    const { pipelineExecutionSummaries = [] } = await client.send(new ListPipelineExecutionsCommand(input));
    return pipelineExecutionSummaries.map(toExecution);
  };
  return {
    pipeline: (name) =>
      unlessMissing(async () => toPipeline(await client.send(new GetPipelineCommand({ name })))),

    tags: async (resourceArn) => {
      const { tags = [] } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
      return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
    },

    states: (name) =>
      unlessMissing(async () => {
        const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name }));
        return stageStates.map(toState);
      }),

    executions: (name) => unlessMissing(() => executions(name)),

    succeeded: ({ pipeline, stage: stageName }) =>
      unlessMissing((): Promise<readonly Execution[]> =>
        executions(pipeline, { succeededInStage: { stageName } }),
      ),

    runs: async (name, execution) => (await unlessMissing(() => runs(client, name, execution))) ?? [],

    execution: (pipelineName, pipelineExecutionId) =>
      unlessMissing(async () => {
        const input = { pipelineName, pipelineExecutionId };
        const { pipelineExecution } = await client.send(new GetPipelineExecutionCommand(input));
        return toOne(pipelineExecution ?? {});
      }),

    rollBack: async ({ pipeline: pipelineName, stage: stageName }, targetPipelineExecutionId) => {
      const input = { pipelineName, stageName, targetPipelineExecutionId };
      const { pipelineExecutionId = '' } = await client.send(new RollbackStageCommand(input));
      return pipelineExecutionId;
    },

    hold: async ({ pipeline: pipelineName, stage: stageName }, reason) => {
      const input = { pipelineName, stageName, transitionType: 'Inbound', reason } as const;
      await client.send(new DisableStageTransitionCommand(input));
    },
  };
}

/** Reads a few pages. Unknown: pipeline-action-order. */
async function runs(
  client: Pick<CodePipelineClient, 'send'>,
  pipelineName: string,
  execution: string | undefined,
): Promise<readonly ActionRun[]> {
  const found: ActionRun[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES_OF_RUNS; page++) {
    const answer = await client.send(
      new ListActionExecutionsCommand({
        ...{ pipelineName, maxResults: MAX_RESULTS },
        ...(execution !== undefined && { filter: { pipelineExecutionId: execution } }),
        ...(nextToken !== undefined && { nextToken }),
      }),
    );
    found.push(...(answer.actionExecutionDetails ?? []).map(toRun));
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  return found;
}

async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, ...MISSING)) return null;
    throw error;
  }
}
