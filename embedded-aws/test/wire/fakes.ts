import { Clock } from '../../world/clock.ts';
import { Random } from '../../world/random.ts';
import { type Access, AwsError, type AwsService, type Operation } from '../../world/service.ts';
import type { PolicyDocument } from '../../wire/iam.ts';
import { startWire, type Wire, type WireOptions } from '../../wire/wire.ts';

export const NOW = '2026-11-22T03:00:00.000Z';
export const REGION = 'eu-west-1';

/** Returns an operation that answers with a given output, and records its inputs. */
export function operation(
  output: unknown,
  { accesses = [], ...rest }: { accesses?: readonly Access[]; bucket?: Operation['bucket'] } = {},
): Operation & { readonly inputs: unknown[] } {
  const inputs: unknown[] = [];
  return {
    inputs,
    authorize: () => accesses,
    run: (input: unknown) => {
      inputs.push(input);
      if (output instanceof Error) throw output;
      return output;
    },
    ...(rest.bucket !== undefined && { bucket: rest.bucket }),
  };
}

export function service(signingName: string, operations: Record<string, Operation>): AwsService {
  return { signingName, operations };
}

export function awsError(code: string, message: string): AwsError {
  return new AwsError(code, message);
}

export interface Running {
  readonly wire: Wire;
  readonly clock: Clock;
  /** Returns the settings of an SDK client with this role. */
  client(role?: string): object;
}

/** Starts a wire over these services, with a clock that is fixed at NOW. */
export async function running(
  services: readonly AwsService[],
  more: Partial<WireOptions> & { roles?: Readonly<Record<string, readonly PolicyDocument[]>> } = {},
): Promise<Running> {
  const clock = new Clock(NOW);
  const { roles = {}, ...options } = more;
  const wire = await startWire({
    services,
    policies: (role) => roles[role] ?? [],
    clock,
    random: new Random(7),
    ...options,
  });
  return { wire, clock, client: (role = 'operator') => clientSettings(wire, role) };
}

export function clientSettings(wire: Wire, role: string) {
  return { region: REGION, endpoint: wire.endpoint, credentials: wire.credentials(role), maxAttempts: 1 };
}
