import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { consentIn } from '../../../../src/readiness/consent.ts';
import { only, type Need } from '../../../../src/readiness/examination.ts';
import type { Tags } from '../../../../src/rollback/plan.ts';
import { isRule } from '../../../../src/targets/kinds/elb/target.ts';

/**
 * Returns what a way back writes: the weights, and the size of a side that must grow. A caller that sends an
 * authenticate-cognito action must be allowed to read the client of its user pool.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function needsOf(
  arn: string,
  tags: Tags,
  actions: readonly Action[],
  growing: readonly string[],
): readonly Need[] {
  const pools = actions.flatMap(
    ({ AuthenticateCognitoConfig }) => AuthenticateCognitoConfig?.UserPoolArn ?? [],
  );
  return [
    {
      actions: [`elasticloadbalancing:${isRule(arn) ? 'ModifyRule' : 'ModifyListener'}`],
      resources: [arn],
      context: consentIn(tags),
    },
    // Only groups with consent of their own grow, so the plan has looked at their tags.
    ...only(growing, (resources) => ({
      actions: ['autoscaling:SetDesiredCapacity'],
      resources,
      context: consentIn({ lastgood: 'auto' }),
    })),
    ...only(pools, (resources) => ({ actions: ['cognito-idp:DescribeUserPoolClient'], resources })),
  ];
}
