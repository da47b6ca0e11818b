import { describe, expect, it } from 'vitest';
import { aliasRevisionId } from '../../../scripts/verify-on-aws/questions/alias-revision-id.ts';
import { currentServiceDeployment } from '../../../scripts/verify-on-aws/questions/current-service-deployment.ts';
import { enableExecuteCommandKey } from '../../../scripts/verify-on-aws/questions/enable-execute-command-key.ts';
import { lateDatapoints } from '../../../scripts/verify-on-aws/questions/late-datapoints.ts';
import { lateWeights } from '../../../scripts/verify-on-aws/questions/late-weights.ts';
import { passroleForUpdateService } from '../../../scripts/verify-on-aws/questions/passrole-for-update-service.ts';
import type { Answer, Question } from '../../../scripts/verify-on-aws/questions/question.ts';
import { stateReasonData } from '../../../scripts/verify-on-aws/questions/state-reason-data.ts';

const RELEASED_AT = Date.parse('2026-11-22T02:00:00.000Z');
const after = (seconds: number, state: string): string => `${RELEASED_AT + seconds * 1000} ${state}`;

/** Answers a question from what was seen, or from the rollback's document. */
async function answer(
  question: Question,
  seen: readonly string[],
  document: object = {},
): Promise<Answer['is']> {
  const ended = (document as { outcome?: { state: string } }).outcome?.state ?? 'no rollback';
  const course = { releasedAt: RELEASED_AT, ended, execution: { document } };
  const clients = { ecs: { send: () => Promise.resolve({ services: [{ enableExecuteCommand: true }] }) } };
  const view = { seen, course, clients, outputs: (key: string) => key };
  return (await question.answer(view as never)).is;
}

const ROLLED_BACK = {
  plan: { rungs: [{ name: 'redeploy' }] },
  reverted: { rung: 0 },
  outcome: { state: 'rolled-back', reason: '' },
};
const DENIED = {
  outcome: {
    state: 'failed-clean',
    reason: 'not authorized to perform: ecs:UpdateService on resource: x with an explicit deny in a policy',
  },
};
const REFUSED = { outcome: { state: 'failed-clean', reason: 'not authorized to perform: iam:PassRole' } };

describe('an answer', () => {
  const cases: readonly (readonly [Question, readonly string[], Answer['is'], object?])[] = [
    [currentServiceDeployment, ['shown'], 'as assumed'],
    [currentServiceDeployment, ['shown', 'missing'], 'otherwise'],
    [currentServiceDeployment, [], 'not seen'],
    [lateDatapoints, ['30 missing', '45 shown', '0 missing'], 'as assumed'],
    [lateDatapoints, ['15 shown'], 'otherwise'],
    [lateDatapoints, ['30 shown', '75 missing'], 'otherwise'],
    [lateDatapoints, ['30 missing'], 'not seen'],
    [lateWeights, [after(0, 'new'), after(300, 'old')], 'as assumed'],
    [lateWeights, [after(0, 'old'), after(45, 'new')], 'otherwise'],
    [lateWeights, [after(0, 'old')], 'not seen'],
    [stateReasonData, ['evaluatedDatapoints, version'], 'as assumed'],
    [stateReasonData, ['recentDatapoints, version'], 'as assumed'],
    [stateReasonData, ['version'], 'otherwise'],
    [stateReasonData, [], 'not seen'],
    [aliasRevisionId, ['1@a', '2@b', '1@c'], 'as assumed'],
    [aliasRevisionId, ['1@a', '1@b'], 'otherwise'],
    [aliasRevisionId, ['1@a', '2@a'], 'otherwise'],
    [aliasRevisionId, ['1@a'], 'not seen'],
    [passroleForUpdateService, [], 'as assumed', ROLLED_BACK],
    [passroleForUpdateService, [], 'otherwise', REFUSED],
    [passroleForUpdateService, [], 'not seen'],
    [enableExecuteCommandKey, [], 'otherwise', DENIED],
    [enableExecuteCommandKey, [], 'not seen', REFUSED],
    [enableExecuteCommandKey, [], 'as assumed', ROLLED_BACK],
  ];

  it.each(cases.map(([question, seen, is, document]) => ({ question, id: question.id, seen, is, document })))(
    'to $id from $seen is $is',
    async ({ question, seen, is, document }) => {
      expect(await answer(question, seen, document)).toBe(is);
    },
  );
});
