import { inspect } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { named } from '../../../src/aws/errors.ts';
import { createParameters } from '../../../src/aws/parameters.ts';
import { Secret } from '../../../src/aws/secret.ts';

const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLE';
const VARIABLES: Readonly<Record<string, string>> = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
  AWS_SESSION_TOKEN: TOKEN,
};

/** Reads parameters from a Parameter Store that answers so. */
function reading(answer: () => Promise<Response>) {
  const variable = (name: string) => VARIABLES[name];
  const setting = (name: string) => VARIABLES[name] ?? '';
  const now = () => '2026-11-22T03:00:00.000Z';
  return createParameters({ variable, setting, now, fetch: answer })(['/a', '/b']);
}

const stored = (...values: readonly string[]) => {
  const names = ['/a', '/b'];
  const Parameters = values.map((Value, at) => ({ Name: names[at], Value }));
  return () => Promise.resolve(new Response(JSON.stringify({ Parameters })));
};

describe('a value of Parameter Store', () => {
  it.each(['hush\n', '\thush', ' hush \r\n'])(
    'comes without the white space around it: %j',
    async (value) => {
      expect((await reading(stored(value))).get('/a')?.reveal()).toBe('hush');
    },
  );

  it.each(['', ' ', '\n'])('that is blank, %j, is none, because anyone could sign with it', async (value) => {
    const values = await reading(stored(value, 'b'));
    expect([...values.keys()]).toEqual(['/b']);
  });

  it('is read in a second attempt if the first fails, and the failure is not repeated', async () => {
    const quoting = () => Promise.reject(new TypeError(`"${TOKEN}" is an invalid header value`));
    const error = await reading(quoting).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'Unavailable', message: 'Parameter Store did not answer' });
    expect(inspect(error, { depth: null })).not.toContain(TOKEN);
  });

  it('that may not be read is an error of its name, without the request that AWS repeats', async () => {
    const message = `The signature does not match.\n\nx-amz-security-token:${TOKEN}`;
    const body = JSON.stringify({ __type: 'com.amazon#InvalidSignatureException', message });
    const error = await reading(() => Promise.resolve(new Response(body, { status: 400 }))).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      name: 'InvalidSignatureException',
      message: 'Parameter Store: The signature does not match.',
    });
    expect(inspect(error, { depth: null })).not.toContain(TOKEN);
  });
});

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html
test.each([
  ['InternalServerError', 500, 'Unavailable'],
  ['ServiceUnavailable', 503, 'Unavailable'],
  ['ThrottlingException', 400, 'Throttled'],
  ['AccessDeniedException', 400, 'NotPermitted'],
])('the state machine decides by %s as by that of any service', async (type, status, name) => {
  const body = JSON.stringify({ __type: type, message: 'no' });
  const error = await reading(() => Promise.resolve(new Response(body, { status }))).catch(named);
  expect(error).toMatchObject({ name, message: `${type}: Parameter Store: no` });
});

describe('a secret', () => {
  const secret = new Secret('hunter2', '/a');

  it('has a placeholder in every text that is made of it', () => {
    const texts = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true, depth: null }),
    ];
    for (const text of texts) expect(text).not.toContain('hunter2');
    expect(JSON.stringify({ secret })).toBe('{"secret":"(secret)"}');
  });

  it('gives its text to the code that asks', () => {
    expect(secret.reveal()).toBe('hunter2');
    expect(secret.asBearer()).toBe('Bearer hunter2');
  });
});

test.each(['hunter2\nhunter3', 'hunter2\r', 'hunter2 hunter3', 'hünter2', 'hunter2\u0000', ''])(
  '%j cannot be a bearer token, and the error names the parameter and not the value',
  (text) => {
    const bearer = () => new Secret(text, '/lastgood/prod/slack/bot-token').asBearer();
    expect(bearer).toThrow('the parameter /lastgood/prod/slack/bot-token cannot be a bearer token');
    expect(bearer).not.toThrow(/h.nter/);
  },
);
