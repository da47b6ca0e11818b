import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CannotSay } from '../../command-line/status.ts';

/** Name of the output of the stack (src/report/bucket.yml). */
const OUTPUT = 'ReportsUrl';

/**
 * Returns the base URL of the reports in the HTTP API of a stage.
 * @throws CannotSay where the stack is of a version without reports
 */
export async function reportsAddress(
  client: Pick<CloudFormationClient, 'send'>,
  stage: string,
): Promise<string> {
  const StackName = `lastgood-${stage}`;
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
  const found = outputs.find(({ OutputKey }) => OutputKey === OUTPUT)?.OutputValue;
  if (found === undefined) throw new CannotSay(`the stack ${StackName} has no output ${OUTPUT}`);
  return found;
}
