import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ACCOUNT, REGION } from '@lastgood/embedded-aws/world/aws.ts';

export const OIDC: Action = {
  Type: 'authenticate-oidc',
  AuthenticateOidcConfig: {
    Issuer: 'https://login.example.com',
    AuthorizationEndpoint: 'https://login.example.com/authorize',
    TokenEndpoint: 'https://login.example.com/token',
    UserInfoEndpoint: 'https://login.example.com/userinfo',
    ClientId: 'shop',
    ClientSecret: 'known to the rule alone',
  },
};

export const COGNITO: Action = {
  Type: 'authenticate-cognito',
  AuthenticateCognitoConfig: {
    UserPoolArn: `arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/${REGION}_Shop01234`,
    UserPoolClientId: 'shop',
    UserPoolDomain: 'login-shop',
  },
};

/**
 * Returns actions that authenticate users before they forward.
 * @param isKnown the listener or rule has the client secret already
 */
export function afterLogin(login: Action | undefined, forward: Action, isKnown: boolean): readonly Action[] {
  if (login === undefined) return [forward];
  return [
    { ...(isKnown ? withoutSecret(login) : login), Order: 1 },
    { ...forward, Order: 2 },
  ];
}

function withoutSecret(action: Action): Action {
  const { AuthenticateOidcConfig: config } = action;
  if (config === undefined) return action;
  const kept = { ClientSecret: undefined, UseExistingClientSecret: true };
  return { ...action, AuthenticateOidcConfig: { ...config, ...kept } };
}
