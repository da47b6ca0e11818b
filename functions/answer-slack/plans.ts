import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { isNamed } from '../../src/aws/errors.ts';
import { executionName } from '../../src/lambda/start.ts';
import type { Claimed } from '../../src/rollback/document.ts';
import { readCaughtError } from '../../src/rollback/caught-error.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import type { Instant, Request } from '../../src/rollback/request.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { asRecord, parseJson } from '../../src/rollback/json.ts';
import { readTarget } from '../../src/targets/target.ts';

/** Who asked to see a plan, and where they are answered. */
export const Asker = z.object({ user: z.string(), answerUrl: z.string() });
export type Asker = z.infer<typeof Asker>;

/** Starts plans: executions of a machine that makes a plan, has it judged, and cannot do anything else (ADR 11). */
export interface Plans {
  start(request: Request, asker: Asker, now: Instant): Promise<void>;
}

export function createPlans(client: Pick<SFNClient, 'send'>, stateMachineArn: string): Plans {
  return {
    async start(request, asker, now) {
      const input = JSON.stringify({ ...lookingAt(request, now), asker });
      const command = new StartExecutionCommand({ stateMachineArn, name: executionName(request), input });
      await client.send(command).catch((error: unknown) => {
        if (!isNamed(error, 'ExecutionAlreadyExists')) throw error;
      });
    },
  };
}

/** Nothing is claimed for a look: what stands in the claim's place ends as it begins, and no table knows of it. */
export function lookingAt(request: Request, now: Instant): Pick<Claimed, 'request' | 'claim'> {
  const { kind } = readTarget(request.target);
  return { request, claim: { kind, holder: 'nobody', since: now, expiresAt: now } };
}

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
  if (end === null || !read.success || request === undefined) return null;
  const common = { request: request as Request, asker: read.data };
  if (asRecord(end.output) === null) return { state: 'failed', ...common, why: whyOf(end) };
  const { plan, verdict } = end.output as { readonly plan: Plan; readonly verdict: Verdict };
  return { state: 'planned', ...common, plan, verdict };
}

function whyOf({ error, cause }: End): string {
  const { name, says } = readCaughtError({
    Error: error ?? 'unknown',
    ...(cause !== null && { Cause: cause }),
  });
  return `${name}: ${says}`;
}
