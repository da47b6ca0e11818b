import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';

/**
 * Returns the status that the load balancer itself answers to a client without a session; null if a target answers.
 *
 * - Fixed response and redirect: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 * - Authentication redirects to the identity provider unless the action denies or allows:
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function ownAnswerOf(actions: readonly Action[]): number | null {
  const inOrder = actions.toSorted((one, other) => (one.Order ?? 0) - (other.Order ?? 0));
  return inOrder.map(statusOf).find((status) => status !== null) ?? null;
}

function statusOf(action: Action): number | null {
  switch (action.Type) {
    case 'fixed-response':
      return Number(action.FixedResponseConfig?.StatusCode);
    case 'redirect':
      return action.RedirectConfig?.StatusCode === 'HTTP_301' ? 301 : 302;
    case 'authenticate-oidc':
      return unauthenticated(action.AuthenticateOidcConfig?.OnUnauthenticatedRequest);
    case 'authenticate-cognito':
      return unauthenticated(action.AuthenticateCognitoConfig?.OnUnauthenticatedRequest);
    default:
      return null;
  }
}

function unauthenticated(answer: 'allow' | 'authenticate' | 'deny' = 'authenticate'): number | null {
  return { allow: null, authenticate: 302, deny: 401 }[answer];
}
