import {
  ModifyListenerCommand,
  ModifyRuleCommand,
  type Action,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/**
 * Replaces the actions of a rule, or the default actions of a listener. AWS takes only the whole list, so steps that
 * authenticate users must be in it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyRule.html
 */
export async function sendActions(
  client: Pick<ElasticLoadBalancingV2Client, 'send'>,
  arn: string,
  actions: readonly Action[],
): Promise<void> {
  const whole = actions.map(keepingSecret);
  await (arn.includes(':listener-rule/')
    ? client.send(new ModifyRuleCommand({ RuleArn: arn, Actions: whole }))
    : client.send(new ModifyListenerCommand({ ListenerArn: arn, DefaultActions: whole })));
}

/**
 * Asks AWS to keep the present client secret, because no API returns it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 */
function keepingSecret(action: Action): Action {
  const { AuthenticateOidcConfig } = action;
  if (AuthenticateOidcConfig === undefined) return action;
  return { ...action, AuthenticateOidcConfig: { ...AuthenticateOidcConfig, UseExistingClientSecret: true } };
}
