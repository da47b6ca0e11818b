import { createParts } from '../runtime/parts.ts';
import { ownServices, worldServices } from '../runtime/services.ts';
import type { Stack } from '../runtime/stack/stack.ts';
import { MODELLED_OPERATIONS } from '../runtime/tables/memory.ts';
import type { AwsService, Honoured } from '../world/service.ts';
import { createWorld } from '../world/world.ts';

/** A service that the embedded AWS models. */
export interface Modelled {
  readonly signingName: string;
  /** In alphabetical order. */
  readonly operations: readonly string[];
  /** Absent: the service has its own way to refuse what it does not model. */
  readonly honoured?: Honoured | undefined;
  /** The code that models it: a text that exactly one file below one of these folders has. */
  readonly code: { readonly below: string; readonly mark: string };
}

const NOTHING: Stack = {
  name: 'nothing',
  ...{
    functions: [],
    permissions: [],
    roles: [],
    buses: ['default'],
    busPolicies: [],
    rules: [],
    queues: [],
    buckets: [],
    bucketPolicies: [],
    connections: [],
    apiDestinations: [],
    parameters: [],
  },
  ...{ stateMachines: [], tables: [], alarms: [], dashboards: [], topics: [], subscriptions: [], routes: [] },
  outputs: {},
  ignored: [],
};

/** Returns every service that the wire answers, from running services. */
export function modelledServices(): readonly Modelled[] {
  const world = createWorld({ seed: 1, start: '2026-01-01T00:00:00.000Z' });
  const parts = createParts({
    stack: NOTHING,
    world,
    root: '.',
    mishaps: {},
    authorize: () => Promise.reject(new Error('nothing may be done')),
    wire: () => {
      throw new Error('there is no wire');
    },
  });
  const below = (folder: string) => (service: AwsService) => modelled(service, folder);
  return [
    ...worldServices(world).map(below('world')),
    ...Object.values(
      ownServices(
        parts,
        world,
        () => Promise.resolve(),
        () => Promise.resolve(null),
      ),
    ).map(below('runtime')),
    {
      signingName: 'dynamodb',
      operations: MODELLED_OPERATIONS.toSorted(),
      code: { below: 'runtime', mark: 'class MemoryTables' },
    },
  ].toSorted((one, other) => one.signingName.localeCompare(other.signingName));
}

function modelled({ signingName, operations, honoured }: AwsService, below: string): Modelled {
  return {
    signingName,
    operations: Object.keys(operations).toSorted(),
    honoured,
    code: { below, mark: `signingName: '${signingName}'` },
  };
}
