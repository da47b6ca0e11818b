import { describe, expect, it } from 'vitest';
import { maskOf } from '../../../src/aws/mask.ts';
import { textOf } from '../../../functions/evidence/log-text.ts';

const mask = maskOf(
  {
    values: [
      'open sesame',
      'tr"icky',
      '1',
      'prod',
      'first line\nsecond line',
      'postgres://shop:p%40ssw0rd@db/shop',
      'checkout',
      '',
    ],
    names: ['PIN', 'DB_LOGIN', ''],
  },
  '["ecs:prod/checkout"]',
);

describe('a log line', () => {
  it.each([
    ['a value', 'it says open sesame twice: open sesame', 'it says *** twice: ***'],
    ['a value in JSON', '{"word":"tr\\"icky"}', '{"word":"***"}'],
    ['a value in a URL', '/?q=open%20sesame', '/?q=***'],
    ['a value in Base64', Buffer.from('open sesame').toString('base64'), /^\*\*\*=*$/],
    ['a line of a value', 'read second line of it', 'read *** of it'],
    ['the password of a URL', 'login with p@ssw0rd', 'login with ***'],
    ['a short value as a word', 'try 1 of 10 in prod', 'try *** of 10 in ***'],
    ['what follows a name', 'DB_LOGIN: shop, PIN=1234; port=5', 'DB_LOGIN: ***, PIN=***; port=5'],
    ['a password', '"db_password": "x y", a=1', '"db_password": ***, a=***'],
    ['a bearer token', 'Authorization: Bearer abc.def', 'Authorization: ***'],
    ['a key of AWS', 'using AKIAIOSFODNN7EXAMPLE now', 'using *** now'],
    ['a token of GitHub', 'got ghp_0123456789abcdef', 'got ***'],
    ['a JWT', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.sig', 'got ***'],
    ['credentials in a URL', 'to https://me:you@host/x', 'to https://***@host/x'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', '***'],
    ['a short word for a password', '{"pass":"hunter2","n":7}', '{"pass":***,"n":7}'],
    ['a short word in a name', 'DB_PASS=hunter2', 'DB_PASS=***'],
    ['a short word in a name in camel case', 'dbPass: hunter2', 'dbPass: ***'],
    ['a header', 'x-auth: hunter2', 'x-auth: ***'],
    ['cookies', 'Set-Cookie sid=hunter2; Path=/', 'Set-Cookie:***'],
    ['a login without a scheme', 'open shop:hunter2@tcp(db:3306)/shop', 'open shop:***@tcp(db:3306)/shop'],
    ['a login of Oracle', 'jdbc:oracle:thin:scott/hunter2@db:1521', 'jdbc:oracle:thin:scott/***@db:1521'],
    ['a user of curl', 'curl -u admin:hunter2 https://host/x', 'curl -u admin:*** https://host/x'],
    ['a flag', 'mysql --password hunter2 --host db', 'mysql --password *** --host db'],
    ['a quoted password', 'password "hunter2" rejected', 'password *** rejected'],
    ['a line of a key', 'MIIEpAIBAAKCAQEAxyz/abc+def', '***'],
    ['a long mixed token', 'key wJalrXUtnFEMIK7MDENGbPxRfi', 'key ***'],
  ])('does not show %s', (_, line, masked) => {
    expect(mask.log(line)).toEqual(typeof masked === 'string' ? masked : expect.stringMatching(masked));
  });

  it.each([
    'TypeError: cart is not iterable at /app/src/cart.ts:42:7',
    'author: ada, passed: 3 checks, bypass=true, tokens are not counted',
    'password authentication failed for user "shop"',
    'CannotPullContainerError: pull repo/cart@sha256:0f1e failed',
    'mail to ada@example.com, see docs/x:y of team@oncall',
    'connect ECONNREFUSED 10.0.0.7:5432',
    'java.lang.NullPointerException: cart',
    'ApplicationContextInitializationException',
  ])('is otherwise as it was: %s', (line) => {
    expect(mask.log(line)).toBe(line);
  });
});

describe('the words of AWS', () => {
  it('keep the names that the document shows anyway, and identifiers of AWS', () => {
    const line = 'ecs:prod/checkout: arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout/x-Ab12Cd';
    expect(mask.words(line)).toBe(line);
  });

  it.each([
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: invalid ssm parameters: /checkout/api-key',
    'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/x is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:x-Ab12Cd',
    'CannotPullContainerError: failed to resolve ref 111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:v2@sha256:0a1b2c: not found',
    "The image id '[ami-0a1b2c3d4e5f60718]' does not exist. Launching EC2 instance failed.",
  ])('keep the reason %j', (reason) => {
    expect(mask.words(reason)).toBe(reason);
  });

  it('show no value', () => {
    expect(mask.words('container exits: open sesame')).toBe('container exits: ***');
  });
});

it('a log message loses colours, which could divide a secret', () => {
  expect(textOf('\u001b[31mopen \u001b[0msesame\u0007')).toBe('open sesame');
});
