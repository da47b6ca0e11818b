import { expect, it } from 'vitest';
import { pipelineActionOrder } from '../../../scripts/verify-on-aws/questions/pipeline-action-order.ts';
import { pipelineAfterRollback } from '../../../scripts/verify-on-aws/questions/pipeline-after-rollback.ts';
import { pipelineTagsOfStages } from '../../../scripts/verify-on-aws/questions/pipeline-tags-of-stages.ts';
import type { Answer, Question } from '../../../scripts/verify-on-aws/questions/question.ts';

interface Seen {
  /** The type of the last execution in the stage. */
  readonly type?: 'ROLLBACK' | 'STANDARD';
  /** Of the actions, as AWS lists them: the stage, and the minute of the start. */
  readonly actions?: readonly (readonly [stage: string, minute: number])[];
  readonly reason?: string;
  readonly ended?: string;
}

async function answer(question: Question, { type, actions = [], reason, ended }: Seen) {
  const details = actions.map(([stageName, minute]) => ({
    stageName,
    startTime: new Date(minute * 60_000),
  }));
  const send = ({ input }: { readonly input: { readonly maxResults?: number; readonly name?: string } }) =>
    Promise.resolve(
      input.name === undefined
        ? { actionExecutionDetails: details.slice(0, input.maxResults) }
        : { stageStates: [{ stageName: 'Deploy', latestExecution: { pipelineExecutionId: 'r', type } }] },
    );
  const course = { ended, execution: { document: { outcome: { reason } } } };
  const view = { clients: { codePipeline: { send } }, outputs: (key: string) => key, course };
  return (await question.answer(view as never)).is;
}

const at = (...minutes: readonly number[]): Seen => ({
  actions: minutes.map((minute) => ['Deploy', minute] as const),
});
const DENIED = 'not authorized to perform: codepipeline:RollbackStage on resource: x';

const cases: readonly (readonly [Question, Answer['is'], Seen])[] = [
  [pipelineTagsOfStages, 'as assumed', { ended: 'rolled-back' }],
  [pipelineTagsOfStages, 'otherwise', { ended: 'failed-clean', reason: DENIED }],
  [pipelineTagsOfStages, 'not seen', { ended: 'skipped' }],
  [pipelineAfterRollback, 'as assumed', { type: 'ROLLBACK', actions: [['Deploy', 1]] }],
  [
    pipelineAfterRollback,
    'otherwise',
    {
      type: 'ROLLBACK',
      actions: [
        ['Later', 2],
        ['Deploy', 1],
      ],
    },
  ],
  [pipelineAfterRollback, 'not seen', { type: 'STANDARD', actions: [['Deploy', 1]] }],
  [pipelineAfterRollback, 'not seen', { type: 'ROLLBACK' }],
  [pipelineActionOrder, 'as assumed', at(9, 8, 7, 3, 2)],
  [pipelineActionOrder, 'as assumed', at(7, 9, 8, 3, 2)],
  [pipelineActionOrder, 'otherwise', at(2, 3, 7, 8, 9)],
  [pipelineActionOrder, 'otherwise', at(9, 8, 2, 7, 3)],
  [pipelineActionOrder, 'not seen', at(9, 8)],
];

it.each(cases.map(([question, is, seen]) => ({ id: question.id, is, question, seen })))(
  'the answer to $id is $is',
  async ({ question, is, seen }) => {
    expect(await answer(question, seen)).toBe(is);
  },
);
