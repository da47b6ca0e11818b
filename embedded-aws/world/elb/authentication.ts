import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Access } from '../service.ts';

/**
 * Actions that do something else than forward, as the service keeps them. A client secret is taken and never shown. When
 * actions are sent again, it must be sent too, or the one that is there must be asked to stay.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 * The page does not say with which code a missing secret is refused.
 */
export function keepSecret(action: Action, before: readonly Action[]): Action {
  const { AuthenticateOidcConfig: config } = action;
  if (config === undefined) return { ...action };
  const { ClientSecret, UseExistingClientSecret, ...rest } = config;
  const isThere = before.some(({ AuthenticateOidcConfig: known }) => known?.ClientId === config.ClientId);
  if (ClientSecret === undefined && !(UseExistingClientSecret === true && isThere))
    throw new AwsError('ValidationError', 'A client secret must be specified');
  return { ...action, AuthenticateOidcConfig: rest };
}

/**
 * Several actions are done in their order, and the last one must answer the request.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
 */
export function checkOrder(actions: readonly Action[]): void {
  if (actions.length > 1 && actions.some(({ Order }) => Order === undefined))
    throw new AwsError('ValidationError', 'You must specify an order for each of several actions');
  const last = actions.toSorted((one, other) => (one.Order ?? 0) - (other.Order ?? 0)).at(-1);
  if (last?.Type !== undefined && !ANSWERING.has(last.Type))
    throw new AwsError(
      'InvalidLoadBalancerAction',
      'The last action must be forward, redirect or fixed-response',
    );
}

const ANSWERING = new Set<string>(['forward', 'redirect', 'fixed-response']);

/**
 * What else IAM is asked about an action: whoever sets up authentication by Amazon Cognito must be allowed to see the
 * client of the user pool.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function accessesOf(actions: readonly Action[] | undefined): readonly Access[] {
  return (actions ?? []).flatMap(({ AuthenticateCognitoConfig: config }) =>
    config?.UserPoolArn === undefined
      ? []
      : [{ action: 'cognito-idp:DescribeUserPoolClient', resource: config.UserPoolArn }],
  );
}
