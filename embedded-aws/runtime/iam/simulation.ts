import type {
  ContextEntry,
  EvaluationResult,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import type { Decided } from '../../wire/iam.ts';
import type { Decision } from '../../wire/iam/evaluate.ts';
import { AwsError, honouring, type AwsService } from '../../world/service.ts';

/** Decides whether a role may do something. Null: there is no such role. */
export type Simulate = (
  role: string,
  asked: Pick<Decided, 'action' | 'resource' | 'context'>,
) => Promise<Decision | null>;

const WORDS = { allowed: 'allowed', denied: 'implicitDeny', 'explicitly-denied': 'explicitDeny' } as const;

/**
 * Simulates SimulatePrincipalPolicy for the roles of the stack, by the same engine that decides on their calls. There are
 * no boundaries and no service control policies.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export function simulationService(simulate: Simulate): AwsService {
  return {
    signingName: 'iam',
    honoured: honouring({
      SimulatePrincipalPolicy: 'PolicySourceArn ActionNames ResourceArns ContextEntries MaxItems Marker',
    }),
    operations: {
      SimulatePrincipalPolicy: {
        authorize: ({ PolicySourceArn = '' }: SimulatePrincipalPolicyRequest) => [
          { action: 'iam:SimulatePrincipalPolicy', resource: PolicySourceArn },
        ],
        run: (input: SimulatePrincipalPolicyRequest) => simulated(simulate, input),
      },
    },
  };
}

async function simulated(
  simulate: Simulate,
  {
    PolicySourceArn = '',
    ActionNames = [],
    ResourceArns = ['*'],
    ContextEntries = [],
  }: SimulatePrincipalPolicyRequest,
): Promise<SimulatePolicyResponse> {
  const role = PolicySourceArn.slice(PolicySourceArn.lastIndexOf('/') + 1);
  const context = Object.fromEntries(ContextEntries.map(valuesOf));
  const EvaluationResults: EvaluationResult[] = [];
  for (const action of ActionNames) {
    const each: { readonly resource: string; readonly decision: Decision }[] = [];
    for (const resource of ResourceArns) {
      const decision = await simulate(role, { action, resource, context });
      if (decision === null)
        throw new AwsError('NoSuchEntity', `The role with name ${role} cannot be found.`, 404);
      each.push({ resource, decision });
    }
    EvaluationResults.push(resultOf(action, each));
  }
  return { EvaluationResults, IsTruncated: false };
}

/** One result an action: "the most restrictive decision across all resources", and those of each resource beside it. */
function resultOf(
  action: string,
  each: readonly { readonly resource: string; readonly decision: Decision }[],
): EvaluationResult {
  const decisions = each.map(({ decision }) => decision);
  const worst =
    (['explicitly-denied', 'denied'] as const).find((one) => decisions.includes(one)) ?? 'allowed';
  return {
    EvalActionName: action,
    EvalDecision: WORDS[worst],
    EvalResourceName: each.length === 1 ? (each[0]?.resource ?? '*') : '*',
    ResourceSpecificResults: each.map(({ resource, decision }) => ({
      EvalResourceName: resource,
      EvalResourceDecision: WORDS[decision],
    })),
  };
}

function valuesOf({ ContextKeyName = '', ContextKeyValues = [] }: ContextEntry) {
  return [ContextKeyName, ContextKeyValues] as const;
}
