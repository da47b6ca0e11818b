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

/** Who asked to see a plan, and where they are answered. */
export const Asker = z.object({ user: z.string(), answerUrl: z.string() });
export type Asker = z.infer<typeof Asker>;

/** Starts plans: executions of a machine that makes a plan, has it judged, and cannot do anything else (ADR 11). */
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

/** What a look begins with. It claims nothing: `kind` says which mechanism is asked. */
export interface Look {
  readonly request: Request;
  readonly kind: string;
}

export function lookingAt(request: Request): Look {
  return { request, kind: readTarget(request.target).kind };
}

/** What a look ends with, as the mechanism and the judge left it. */
export const LookedAt = z.object({ plan: asItCame<Plan>('state'), verdict: asItCame<Verdict>('verdict') });
export type LookedAt = z.infer<typeof LookedAt>;

/** The end of such an execution. */
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

/** How an execution ended, its JSON parsed. Without an output it failed. */
interface End {
  readonly input: unknown;
  readonly output: unknown;
  readonly error: string | null;
  readonly cause: string | null;
}

/** Null: another event, or one whose input was too long to be in it. */
export function readEnd(event: unknown): End | null {
  const read = StatusChange.safeParse(event);
  if (!read.success) return null;
  const { input, output, error = null, cause = null } = read.data.detail;
  return { input: parseJson(input), output: parseJson(output ?? undefined), error, cause };
}

/** Null: another event than the end of a plan. */
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

function whyOf({ error, cause }: End): string {
  const { name, says } = readCaughtError({
    Error: error ?? 'unknown',
    ...(cause !== null && { Cause: cause }),
  });
  return `${name}: ${says}`;
}
