import { describe, expect, it } from 'vitest';
import { maskOf } from '../../../functions/evidence/mask.ts';
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
    ['a long mixed token', 'key wJalrXUtnFEMIK7MDENGbPxRfi', 'key ***'],
  ])('does not show %s', (_, line, masked) => {
    expect(mask.log(line)).toEqual(typeof masked === 'string' ? masked : expect.stringMatching(masked));
  });

  it('is otherwise as it was', () => {
    const line = 'TypeError: cart is not iterable at /app/src/cart.ts:42:7';
    expect(mask.log(line)).toBe(line);
  });
});

describe('the words of AWS', () => {
  it('keep the names that the document shows anyway, and identifiers of AWS', () => {
    const line = 'ecs:prod/checkout: arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout/x-Ab12Cd';
    expect(mask.words(line)).toBe(line);
  });

  it('show no value', () => {
    expect(mask.words('container exits: open sesame')).toBe('container exits: ***');
  });
});

it('a log message loses colours, which could divide a secret', () => {
  expect(textOf('\u001b[31mopen \u001b[0msesame\u0007')).toBe('open sesame');
});
