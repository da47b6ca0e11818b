import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { StackWorld } from '@lastgood/embedded-aws/test/world/cloudformation-world.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';

/**
 * Returns a client that calls CloudFormation of the embedded AWS without the wire.
 * @param accepted records the calls that AWS accepted
 */
export function stackClient(
  { world }: StackWorld,
  accepted: string[] = [],
): Pick<CloudFormationClient, 'send'> {
  const send = (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    try {
      const found = world.cloudformation.operations[operation]!;
      const answer = found.run(command.input as never, { role: 'mechanism' });
      accepted.push(operation);
      return Promise.resolve(answer);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Promise.reject(Object.assign(new Error(error.message), { name: error.code }));
    }
  };
  return { send };
}
