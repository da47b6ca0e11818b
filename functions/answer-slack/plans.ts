import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { isNamed } from '../../src/aws/errors.ts';
import { executionName } from '../../src/lambda/start.ts';
import type { Claimed } from '../../src/rollback/document.ts';
import { readCaught } from '../../src/rollback/caught.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import type { Instant, Request } from '../../src/rollback/request.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { parseJson } from '../../src/targets/json.ts';
import { readTarget } from '../../src/targets/target.ts';

/** Who asked to see a plan, and where they are answered. */
const Asker = z.object({ user: z.string(), answerUrl: z.string() });
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

/** Nothing is claimed for a plan: what stands in the claim's place ends as it begins, and no table knows of it. */
function lookingAt(request: Request, now: Instant): Pick<Claimed, 'request' | 'claim'> {
  const { kind } = readTarget(request.target);
  return { request, claim: { kind, holder: 'nobody', since: now, expiresAt: now } };
}

/** The end of such an execution. */
export type Planned =
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

/** Null: another event, or one whose input was too long to be in it. */
export function readPlanned(event: unknown): Planned | null {
  const read = StatusChange.safeParse(event);
  if (!read.success) return null;
  const { input, output, error, cause } = read.data.detail;
  const asked = parseJson(input) as { readonly request: Request; readonly asker: unknown };
  const asker = Asker.safeParse(asked.asker);
  if (!asker.success) return null;
  const common = { request: asked.request, asker: asker.data };
  if (typeof output !== 'string') return { state: 'failed', ...common, why: whyOf(error, cause) };
  const { plan, verdict } = parseJson(output) as { readonly plan: Plan; readonly verdict: Verdict };
  return { state: 'planned', ...common, plan, verdict };
}

function whyOf(error: string | null | undefined, cause: string | null | undefined): string {
  const { name, says } = readCaught({
    Error: error ?? 'unknown',
    ...(typeof cause === 'string' && { Cause: cause }),
  });
  return `${name}: ${says}`;
}
