import type { Rollback } from '../rollback/document.ts';
import { InvalidRequest } from '../rollback/errors.ts';
import { handlerOf, type LambdaHandler } from './handler.ts';
import { logger } from './logger.ts';

/** What the state machine sends to a step: which verb, the document, and what only the machine knows. */
export interface StepCall {
  readonly verb: string;
  readonly rollback: Rollback;
  /** `$$.Execution.Id`, sent to Claim, and to Report in case Claim failed. */
  readonly execution?: string;
  /** `$$.Execution.StartTime`, sent to Claim. */
  readonly executionStartedAt?: string;
  /** `$$.Task.Token`, sent to Approve. */
  readonly token?: string;
}

/**
 * One state's work. It answers with its slice of the document; the slice's name is `adds`. With no `adds` the answer
 * itself is the result (a branch beside the line, or a callback state).
 */
export interface Step {
  readonly adds?: keyof Rollback;
  run(call: StepCall): Promise<unknown>;
}

/**
 * The Lambda behind some states of the workflow: `{verb, rollback}` in, the document with one more slice out. That a
 * state adds its slice and rewrites no other is guaranteed here, once.
 */
export function steps(table: Readonly<Record<string, Step>>): LambdaHandler {
  return handlerOf(async (event) => {
    const call = event as StepCall;
    const step = Object.hasOwn(table, call.verb) ? table[call.verb] : undefined;
    if (step === undefined)
      throw new InvalidRequest(
        'verb',
        `${JSON.stringify(call.verb)} must be one of ${Object.keys(table).join(', ')}`,
      );
    const answer = await step.run(call);
    // A machine started by hand with no request at all is reported too.
    const { request } = call.rollback as Partial<Rollback>;
    logger.info('answered', { verb: call.verb, target: request?.target, answer: answer as object });
    if (step.adds === undefined) return answer;
    const execution = call.execution ?? call.rollback.execution;
    return { ...call.rollback, ...(execution !== undefined && { execution }), [step.adds]: answer };
  });
}
