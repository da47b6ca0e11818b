import type { Reply } from '../../src/approvals/reply.ts';
import type { WaitingQuestions } from '../../src/approvals/waiting.ts';
import type { StepCall } from '../../src/lambda/steps.ts';
import type { Interrupted } from '../../src/rollback/document.ts';
import { MAX_INTERRUPTIONS, unheard } from '../../src/rollback/heard.ts';
import type { Instant } from '../../src/rollback/request.ts';

export interface Interrupting {
  readonly waiting: WaitingQuestions;
  readonly reply: Reply;
}

/**
 * Ends the question of the rollback that holds the target, so that it judges again. Takes the trigger from the record
 * of that rollback, where Claim validated and wrote it, and not from this execution.
 */
export function interrupt({ waiting, reply }: Interrupting, now: () => Instant) {
  return async ({ rollback }: StepCall): Promise<Interrupted> => {
    const question = await waiting.at(rollback.request.target);
    if (question === null) return { state: 'no-question' };
    const { token, about } = question;
    const [request] = unheard(question, about.heard);
    if (request === undefined) return { state: 'heard' };
    if (about.again >= MAX_INTERRUPTIONS) return { state: 'too-often' };
    const replied = await reply(token, { answer: 'judge-again', at: now(), request });
    return { state: replied === 'answered' ? 'judged-again' : 'no-question' };
  };
}
