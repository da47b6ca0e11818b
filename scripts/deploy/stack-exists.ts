import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

/** Returns whether a stack exists. CloudFormation answers a ValidationError where it does not. */
export async function stackExists(
  client: Pick<CloudFormationClient, 'send'>,
  name: string,
): Promise<boolean> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks.length > 0;
  } catch (error) {
    if (error instanceof Error && error.message.endsWith('does not exist')) return false;
    throw error;
  }
}
