import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { sendActions } from '../../../src/aws/listener-actions.ts';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
const LISTENER = `${ARN}:listener/app/shop/1/2`;
const RULE = `${ARN}:listener-rule/app/shop/1/2/3`;
const OIDC: Action = {
  Type: 'authenticate-oidc',
  Order: 1,
  AuthenticateOidcConfig: {
    Issuer: 'https://login.example.com',
    AuthorizationEndpoint: 'https://login.example.com/authorize',
    TokenEndpoint: 'https://login.example.com/token',
    UserInfoEndpoint: 'https://login.example.com/userinfo',
    ClientId: 'shop',
  },
};
const FORWARD: Action = { Type: 'forward', Order: 2, TargetGroupArn: `${ARN}:targetgroup/blue/1` };

async function sent(arn: string, actions: readonly Action[]): Promise<unknown> {
  const commands: { readonly constructor: { readonly name: string }; readonly input: unknown }[] = [];
  const send = (command: (typeof commands)[number]) => Promise.resolve(void commands.push(command));
  await sendActions({ send: send as never }, arn, actions);
  return commands.map(({ constructor, input }) => [constructor.name, input]);
}

describe('the actions of a load balancer', () => {
  it.each([
    [RULE, 'ModifyRuleCommand', 'RuleArn', 'Actions'],
    [LISTENER, 'ModifyListenerCommand', 'ListenerArn', 'DefaultActions'],
  ])('of %s are sent whole, and keep the client secret that no API returns', async (arn, name, of, are) => {
    const { AuthenticateOidcConfig: config } = OIDC;
    const kept = { ...OIDC, AuthenticateOidcConfig: { ...config, UseExistingClientSecret: true } };
    expect(await sent(arn, [OIDC, FORWARD])).toEqual([[name, { [of]: arn, [are]: [kept, FORWARD] }]]);
  });
});
