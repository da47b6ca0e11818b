import * as z from 'zod/mini';
import type { Followed } from '../lookout/document.ts';
import { asItCame } from '../rollback/as-it-came.ts';
import { InvalidRequest } from '../rollback/errors.ts';
import { asRecord } from '../rollback/json.ts';
import { fitting } from './fitting.ts';
import { handlerOf, type LambdaHandler } from './handler.ts';
import { logger } from './logger.ts';

const LookoutCall = z.object({
  verb: z.string(),
  lookout: asItCame<Followed>('target', 'deployment', 'startedAt'),
  /** `$$.Execution.Id`. */
  execution: z.string(),
});

/** The work of one state of the machine `lookout`. It returns its slice of the document; `adds` names the slice. */
export interface LookoutStep {
  readonly adds?: keyof Followed;
  run(followed: Followed & { readonly execution: string }): Promise<unknown>;
}

/** Says whether an event is a call of the machine `lookout`. */
export function isLookoutCall(event: unknown): boolean {
  return asRecord(event)?.['lookout'] !== undefined;
}

/** Returns the Lambda of some states of the machine `lookout`: `{verb, lookout}` in, the document with a slice out. */
export function lookoutSteps(table: Readonly<Record<string, LookoutStep>>): LambdaHandler {
  return handlerOf(async (event) => {
    const { verb, lookout, execution } = readCall(event);
    const step = Object.hasOwn(table, verb) ? table[verb] : undefined;
    if (step === undefined)
      throw new InvalidRequest('verb', `must be one of ${Object.keys(table).join(', ')}`);
    const followed = { ...lookout, execution };
    const answer = await step.run(followed);
    logger.info('answered', { verb, target: lookout.target, answer });
    return step.adds === undefined ? followed : fitting({ ...followed, [step.adds]: answer }, step.adds);
  });
}

function readCall(event: unknown): z.infer<typeof LookoutCall> {
  const read = LookoutCall.safeParse(event);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new InvalidRequest(issue?.path.join('.') ?? '', issue?.message ?? 'cannot be read');
}
