import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../service.ts';

/**
 * Returns actions other than forward as the service stores them. Answers never show a client secret. A request that
 * sends actions again must resend the secret, or ask to keep the existing one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html The page
 * does not give the error for a missing secret; here it is that of its other refusals.
 */
export function keepSecret(action: Action, before: readonly Action[]): Action {
  const { AuthenticateOidcConfig: config } = action;
  if (config === undefined) return { ...action };
  const { ClientSecret, UseExistingClientSecret, ...rest } = config;
  const isThere = before.some(({ AuthenticateOidcConfig: known }) => known?.ClientId === config.ClientId);
  // Quoted from AWS in https://github.com/ansible-collections/amazon.aws/issues/1877
  if (ClientSecret !== undefined && UseExistingClientSecret === true)
    throw new AwsError(
      'InvalidLoadBalancerAction',
      'You cannot both specify a client secret and set UseExistingClientSecret to true',
    );
  if (ClientSecret === undefined && !(UseExistingClientSecret === true && isThere))
    throw new AwsError('InvalidLoadBalancerAction', 'You must specify a client secret');
  return { ...action, AuthenticateOidcConfig: rest };
}

/**
 * Checks the order of several actions. They run in order, and the last one must answer the request.
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
