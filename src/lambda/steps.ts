import * as z from 'zod/mini';
import { asItCame } from '../rollback/as-it-came.ts';
import type { Rollback } from '../rollback/document.ts';
import { InvalidRequest } from '../rollback/errors.ts';
import { asRecord } from '../rollback/json.ts';
import { fitting } from './fitting.ts';
import { handlerOf, type LambdaHandler } from './handler.ts';
import { logger } from './logger.ts';
import type { Failures } from './failures.ts';

const StepCall = z.object({
  verb: z.string(),
  /** Claim reads its request, and each state checks the slices that it needs (src/rollback/doors.ts). */
  rollback: asItCame<Rollback>(),
  /** `$$.Execution.Id`, sent to Claim, and to Report in case Claim failed. */
  execution: z.exactOptional(z.string()),
  /** `$$.Execution.StartTime`, sent to Claim. */
  executionStartedAt: z.exactOptional(z.string()),
  /** `$$.Task.Token`, sent to Approve. */
  token: z.exactOptional(z.string()),
});

/** The input of a step: the verb, the document, and values that only the state machine knows. */
export type StepCall = Readonly<z.infer<typeof StepCall>>;

/**
 * The work of one state. It returns its slice of the document; `adds` names the slice. Without `adds` the answer itself
 * is the result (a branch beside the line, or a callback state).
 */
export interface Step {
  readonly adds?: keyof Rollback;
  /** Returns the slices that the answer takes out of the document. Only a resumed rollback begins anew. */
  readonly drops?: (answer: never) => readonly (keyof Rollback)[];
  run(call: StepCall): Promise<unknown>;
}

/**
 * Returns the Lambda of some states of the workflow: `{verb, rollback}` in, the document with one more slice out. It
 * alone guarantees that a state adds its slice and rewrites no other.
 * @param failures counts failed calls, where refusals are thrown too. Absent: Lambda's own count holds
 */
export function steps(table: Readonly<Record<string, Step>>, failures?: Failures): LambdaHandler {
  if (failures === undefined) return handlerOf((event) => answer(event, table));
  return handlerOf((event, context) => failures.during(() => answer(event, table), context));
}

async function answer(event: unknown, table: Readonly<Record<string, Step>>): Promise<unknown> {
  const call = readCall(event);
  const step = Object.hasOwn(table, call.verb) ? table[call.verb] : undefined;
  if (step === undefined)
    throw new InvalidRequest(
      'verb',
      `${JSON.stringify(call.verb)} must be one of ${Object.keys(table).join(', ')}`,
    );
  const answer = await step.run(call);
  logger.info('answered', { verb: call.verb, target: targetIn(call), answer });
  if (step.adds === undefined) return answer;
  const execution = call.execution ?? call.rollback.execution;
  const dropped: readonly string[] = step.drops?.(answer as never) ?? [];
  const kept = Object.entries(call.rollback).filter(([slice]) => !dropped.includes(slice));
  const document = {
    ...(Object.fromEntries(kept) as unknown as Rollback),
    ...(execution !== undefined && { execution }),
    [step.adds]: answer,
  };
  // The outcome is small, and must not be lost.
  return step.adds === 'outcome' ? document : fitting(document, step.adds);
}

/**
 * Parses a call of the state machine.
 * @throws InvalidRequest naming the field
 */
function readCall(event: unknown): StepCall {
  const read = StepCall.safeParse(event);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new InvalidRequest(issue?.path.join('.') ?? '', issue?.message ?? 'cannot be read');
}

/** Returns the target for the log. A machine that was started by hand may have no request. */
function targetIn({ rollback }: { readonly rollback: unknown }): unknown {
  return asRecord(asRecord(rollback)?.['request'])?.['target'];
}
