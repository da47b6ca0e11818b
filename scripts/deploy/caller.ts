import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { CannotSay } from '../command-line/status.ts';

/** Whose credentials are used. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** What is wrong, by the name of the SDK's error. */
const PROBLEMS: Readonly<Record<string, (region: string) => string>> = {
  CredentialsProviderError: () =>
    'there are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret',
  TokenProviderError: () => 'the AWS session has expired: run "aws sso login"',
  ExpiredToken: () => 'the AWS credentials have expired',
  ExpiredTokenException: () => 'the AWS credentials have expired',
  InvalidClientTokenId: notAccepted,
  SignatureDoesNotMatch: notAccepted,
  UnrecognizedClientException: notAccepted,
};

function notAccepted(region: string): string {
  return `AWS does not accept the credentials in ${region}: they are wrong, or the account has not enabled the Region`;
}

/** @throws CannotSay in one line, if AWS does not know the caller or cannot be reached */
export async function callerOf(client: Pick<STSClient, 'send'>, region: string): Promise<Caller> {
  try {
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const problem = PROBLEMS[name]?.(region) ?? `AWS cannot be asked in ${region} (${name}: ${message})`;
    throw new CannotSay(problem.replaceAll(/\s+/g, ' '));
  }
}
