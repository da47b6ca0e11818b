import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { CannotSay } from '../command-line/status.ts';

/**
 * Returns the ARN of the caller, as AWS knows it. It needs no permission.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function identityOf(client: STSClient): Promise<string> {
  const { Arn } = await client.send(new GetCallerIdentityCommand({}));
  if (Arn === undefined) throw new CannotSay('AWS does not say whose credentials these are');
  return Arn;
}
