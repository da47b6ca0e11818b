import type { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { AwsError, type AwsService } from '@lastgood/embedded-aws/world/service.ts';

/**
 * Returns a client that calls CodePipeline of the embedded AWS without the wire.
 * @param accepted records the calls that AWS accepted
 */
export function pipelineClient(service: AwsService, accepted: string[]): Pick<CodePipelineClient, 'send'> {
  const send = (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    try {
      const answer = service.operations[operation]!.run(command.input as never, { role: 'lastgood' });
      accepted.push(operation);
      return Promise.resolve(answer);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const wrong = { name: error.code, $fault: 'client', $metadata: { httpStatusCode: error.status } };
      return Promise.reject(Object.assign(new Error(error.message), wrong));
    }
  };
  return { send };
}
