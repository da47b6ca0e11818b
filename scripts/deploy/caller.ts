import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { CannotSay } from '../command-line/status.ts';

/** Whose credentials are used. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** What is wrong with the credentials, by the name of the SDK's error. */
const PROBLEMS: Readonly<Record<string, (region: string) => string>> = {
  CredentialsProviderError: none,
  TokenProviderError: () => 'the AWS session has expired: run "aws sso login"',
  ExpiredToken: () => 'the AWS credentials have expired',
  ExpiredTokenException: () => 'the AWS credentials have expired',
  InvalidClientTokenId: notAccepted,
  SignatureDoesNotMatch: notAccepted,
  UnrecognizedClientException: notAccepted,
};

function none(): string {
  const profile = process.env['AWS_PROFILE'] ?? '';
  return profile === ''
    ? 'there are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret'
    : `the profile ${profile} of AWS_PROFILE has no credentials, or is not in ~/.aws`;
}

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
    const problem =
      problemOfCredentials(error, region) ?? `AWS cannot be asked in ${region} (${name}: ${message})`;
    throw new CannotSay(problem.replaceAll(/\s+/g, ' '));
  }
}

/** Returns what is wrong with the credentials, in one line; null if the error is about something else. */
export function problemOfCredentials(error: unknown, region: string): string | null {
  return error instanceof Error ? (PROBLEMS[error.name]?.(region) ?? null) : null;
}
