import { SimulatePrincipalPolicyCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { Need } from '../../src/readiness/examination.ts';
import type { Finding } from '../../src/readiness/finding.ts';
import { ofSimulation, type Simulated } from '../../src/readiness/shared/of-simulation.ts';

/** Asks IAM whether the role of a mechanism may make these writes. Changes nothing. */
export type Simulate = (role: string, needs: readonly Need[]) => Promise<readonly Finding[]>;

/**
 * The simulator knows no tags: the caller names them. It decides by boundaries and by policies of the organization too,
 * as far as these have no conditions. Unknown: conditions-of-organization-policies.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 * Unknown: simulation-request-rate.
 */
export function createSimulate(client: Pick<IAMClient, 'send'>): Simulate {
  return async (role, needs) => {
    const each = await Promise.all(needs.map((need) => simulatedOf(client, role, need)));
    return ofSimulation(role.slice(role.lastIndexOf('/') + 1), each.flat());
  };
}

async function simulatedOf(
  client: Pick<IAMClient, 'send'>,
  role: string,
  { actions, resources, context = {} }: Need,
): Promise<readonly Simulated[]> {
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: role,
    ActionNames: [...actions],
    ResourceArns: [...resources],
    ContextEntries: Object.entries(context).map(([ContextKeyName, values]) => ({
      ...{ ContextKeyName, ContextKeyValues: [...values], ContextKeyType: 'stringList' as const },
    })),
  });
  const { EvaluationResults = [] } = await client.send(command);
  return EvaluationResults.map(({ EvalActionName: action = '', EvalDecision: decision = 'unknown' }) => ({
    ...{ action, resources, decision },
  }));
}
