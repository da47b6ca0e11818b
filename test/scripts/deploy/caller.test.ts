import { afterEach, describe, expect, it, vi } from 'vitest';
import { CannotSay } from '../../../scripts/command-line/status.ts';
import { callerOf } from '../../../scripts/deploy/caller.ts';
import { asAws } from './as-aws.ts';

const answering = (answer: () => unknown) => asAws({ GetCallerIdentity: answer });
const failing = (name: string, message = 'no\n  more') =>
  answering(() => {
    throw Object.assign(new Error(message), { name });
  });

describe('the caller of a deployment', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is whom STS names', async () => {
    const arn = 'arn:aws:iam::111122223333:user/ada';
    const sts = answering(() => ({ Account: '111122223333', Arn: arn }));
    expect(await callerOf(sts, 'eu-west-1')).toEqual({ account: '111122223333', arn });
  });

  it('has a profile without credentials, which the message names', async () => {
    vi.stubEnv('AWS_PROFILE', 'shop');
    const asked = callerOf(failing('CredentialsProviderError'), 'eu-west-1');
    await expect(asked).rejects.toThrow(
      'the profile shop of AWS_PROFILE has no credentials, or is not in ~/.aws',
    );
  });

  it.each([
    ['CredentialsProviderError', 'there are no AWS credentials: set AWS_PROFILE'],
    ['TokenProviderError', 'the AWS session has expired: run "aws sso login"'],
    ['ExpiredToken', 'the AWS credentials have expired'],
    ['ExpiredTokenException', 'the AWS credentials have expired'],
    ['InvalidClientTokenId', 'AWS does not accept the credentials in eu-west-1'],
    ['SignatureDoesNotMatch', 'AWS does not accept the credentials in eu-west-1'],
    ['UnrecognizedClientException', 'AWS does not accept the credentials in eu-west-1'],
    ['TimeoutError', 'AWS cannot be asked in eu-west-1 (TimeoutError: no more)'],
  ])('is not known after %s, in one line', async (name, problem) => {
    const error = await callerOf(failing(name), 'eu-west-1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CannotSay);
    expect((error as Error).message).toContain(problem);
    expect((error as Error).message).not.toContain('\n');
  });
});
