import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { AwsError, type AwsService } from '@lastgood/embedded-aws/world/service.ts';

/**
 * Returns a client that calls a service of the embedded AWS without the wire.
 * @param calls records the calls
 * @param accepted records those that AWS accepted
 */
export function apiGatewayClient(
  service: AwsService,
  calls: string[],
  accepted: string[] = [],
): Pick<APIGatewayClient, 'send'> {
  const send = (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    calls.push(operation);
    try {
      const answer = service.operations[operation]!.run(command.input as never, { role: 'operator' });
      accepted.push(operation);
      return Promise.resolve(answer);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Promise.reject(Object.assign(new Error(error.message), { name: error.code }));
    }
  };
  return { send: send as never };
}
