import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { AwsError, type AwsService } from '@lastgood/embedded-aws/world/service.ts';

/**
 * Returns a client that calls the embedded VPC Lattice without the wire. The SDK's paginators ask for an instance.
 * @param calls records the calls
 * @param denied operations that are refused
 */
export function latticeClient(
  service: AwsService,
  calls: string[] = [],
  denied: ReadonlySet<string> = new Set(),
): VPCLatticeClient {
  const send = (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    calls.push(operation);
    try {
      if (denied.has(operation)) throw new AwsError('AccessDeniedException', 'denied', 403);
      return Promise.resolve(
        service.operations[operation]!.run(command.input as never, { role: 'operator' }),
      );
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Promise.reject(Object.assign(new Error(error.message), { name: error.code }));
    }
  };
  return Object.assign(Object.create(VPCLatticeClient.prototype) as VPCLatticeClient, { send });
}
