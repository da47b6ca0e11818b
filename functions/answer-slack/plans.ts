import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { isNamed } from '../../src/aws/errors.ts';
import { executionName } from '../../src/lambda/start.ts';
import { asItCame } from '../../src/rollback/as-it-came.ts';
import { readCaughtError } from '../../src/rollback/caught-error.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import type { Request } from '../../src/rollback/request.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { asRecord, parseJson } from '../../src/rollback/json.ts';
import { readTarget } from '../../src/targets/target.ts';
import { Asker } from './asker.ts';

/** Starts read-only plans. Their state machine plans and judges, and cannot do anything else (ADR 11). */
export interface Plans {
  start(request: Request, asker: Asker): Promise<void>;
}

export function createPlans(client: Pick<SFNClient, 'send'>, stateMachineArn: string): Plans {
  return {
    async start(request, asker) {
      const input = JSON.stringify({ ...lookingAt(request), asker });
      const command = new StartExecutionCommand({ stateMachineArn, name: executionName(request), input });
      await client.send(command).catch((error: unknown) => {
        if (!isNamed(error, 'ExecutionAlreadyExists')) throw error;
      });
    },
  };
}

/** The input of a read-only plan. It claims nothing; `kind` selects the mechanism. */
export interface Look {
  readonly request: Request;
  readonly kind: string;
}

export function lookingAt(request: Request): Look {
  return { request, kind: readTarget(request.target).kind };
}

/** The output of a read-only plan, from the mechanism and the judge. */
export const LookedAt = z.object({ plan: asItCame<Plan>('state'), verdict: asItCame<Verdict>('verdict') });
export type LookedAt = z.infer<typeof LookedAt>;

/** The end of a read-only plan. */
export type PlanEnd =
  | {
      readonly state: 'planned';
      readonly request: Request;
      readonly asker: Asker;
      readonly plan: Plan;
      readonly verdict: Verdict;
    }
  | { readonly state: 'failed'; readonly request: Request; readonly asker: Asker; readonly why: string };

/**
 * The event `Step Functions Execution Status Change`:
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
const StatusChange = z.object({
  source: z.literal('aws.states'),
  detail: z.object({
    input: z.string(),
    output: z.nullish(z.string()),
    error: z.nullish(z.string()),
    cause: z.nullish(z.string()),
  }),
});

/** The end of an execution, with parsed JSON. An execution without an output failed. */
interface End {
  readonly input: unknown;
  readonly output: unknown;
  readonly error: string | null;
  readonly cause: string | null;
}

/** Reads the end of an execution. Null: another event, or an input that was too long for the event. */
export function readEnd(event: unknown): End | null {
  const read = StatusChange.safeParse(event);
  if (!read.success) return null;
  const { input, output, error = null, cause = null } = read.data.detail;
  return { input: parseJson(input), output: parseJson(output ?? undefined), error, cause };
}

/** Reads the end of a read-only plan. Null: another event. */
export function readPlanned(event: unknown): PlanEnd | null {
  const end = readEnd(event);
  const { asker, request } = asRecord(end?.input) ?? {};
  const read = Asker.safeParse(asker);
  const asked = asItCame<Request>('target').safeParse(request);
  if (end === null || !read.success || !asked.success) return null;
  const common = { request: asked.data, asker: read.data };
  const looked = LookedAt.safeParse(end.output);
  if (!looked.success) return { state: 'failed', ...common, why: whyOf(end) };
  return { state: 'planned', ...common, ...looked.data };
}

/** Says why an execution has no output. */
export function whyOf({ error, cause }: End): string {
  const { name, says } = readCaughtError({
    Error: error ?? 'unknown',
    ...(cause !== null && { Cause: cause }),
  });
  return `${name}: ${says}`;
}
