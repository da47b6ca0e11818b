import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { View } from './question.ts';

/** Reads the stack whose update is the release. @throws Error when it is gone */
export async function readStack({ clients, outputs }: Pick<View, 'clients' | 'outputs'>): Promise<Stack> {
  const { Stacks = [] } = await clients.cloudFormation.send(
    new DescribeStacksCommand({ StackName: outputs('UpdatedStack') }),
  );
  const [stack] = Stacks;
  if (stack === undefined) throw new Error(`the stack ${outputs('UpdatedStack')} is gone`);
  return stack;
}
