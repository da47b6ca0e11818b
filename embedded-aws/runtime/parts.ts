import type { Wire } from '../wire/wire.ts';
import type { Sites } from '../world/traffic/sites.ts';
import type { World } from '../world/world.ts';
import { keepFailure, refuseOtherTargets, takersOf } from './deliveries.ts';
import { createApiDestinations, type Outside } from './events/api-destinations.ts';
import { Bus, type Mishaps } from './events/bus.ts';
import { Delivery } from './events/delivery.ts';
import { AsyncInvocations } from './lambda/async.ts';
import { fetchInProcess } from './lambda/fetch-in-process.ts';
import type { Bindings } from './lambda/in-process.ts';
import { Lambda } from './lambda/lambda.ts';
import { Losses } from './losses.ts';
import { Queues } from './queues/queues.ts';
import type { Stack } from './stack/stack.ts';
import { Executions } from './states/executions.ts';
import { loadInterpreter } from './states/interpreter.ts';
import { Tokens } from './states/tokens.ts';

export interface PartsOptions {
  readonly stack: Stack;
  readonly world: Pick<World, 'clock' | 'random'>;
  readonly root: string;
  readonly mishaps: Mishaps;
  /** Rejects with IAM's message if the role lacks the permission. */
  readonly authorize: (role: string, action: string, resource: string) => Promise<void>;
  /** The wire, once it listens: functions start later. */
  readonly wire: () => Pick<Wire, 'endpoint' | 'credentials' | 'direct'>;
  /** If set, functions run in process. */
  readonly bindings?: Bindings | undefined;
  readonly interleaved?: boolean | undefined;
  readonly sites?: (() => Sites) | undefined;
  readonly outside?: Outside | undefined;
  readonly sitesAt?: (() => string) | undefined;
}

/** The parts that run a stack. Each has random numbers of its own, so no part disturbs another. */
export interface Parts {
  readonly queues: Queues;
  readonly lambda: Lambda;
  readonly invocations: AsyncInvocations;
  readonly delivery: Delivery;
  readonly bus: Bus;
  readonly tokens: Tokens;
  readonly states: Executions;
  readonly losses: Losses;
}

export function createParts(options: PartsOptions): Parts {
  const { stack, world, root, mishaps, authorize, wire, bindings, interleaved, sites, sitesAt } = options;
  const { clock, random } = world;
  const losses = new Losses(clock);
  const queues = new Queues(stack.queues, clock, random('sqs'));
  const lambda = new Lambda({
    functions: stack.functions,
    clock,
    random,
    endpoint: () => wire().endpoint,
    credentials: (role) => wire().credentials(role),
    root,
    inProcess:
      bindings && (() => ({ bindings, direct: wire().direct, fetch: fetchInProcess, sites: sites?.() })),
    interleaved,
    sitesAt,
  });
  const onFailure = keepFailure({ queues, clock, authorize, losses });
  const invocations = new AsyncInvocations(lambda, clock, random('lambda-async'), onFailure);
  const apiDestination = createApiDestinations({
    destinations: stack.apiDestinations,
    connections: stack.connections,
    ...{ clock, authorize },
    outside: options.outside ?? (() => null),
  });
  const takers = takersOf(stack, lambda, invocations, queues, apiDestination);
  refuseOtherTargets(stack, takers);
  const delivery = new Delivery({ clock, random: random('delivery'), queues, takers });
  const bus = new Bus({ rules: stack.rules, clock, random: random('events'), delivery, mishaps });
  const tokens = new Tokens(clock, random('tokens'));
  const states = new Executions({
    machines: stack.stateMachines,
    interpreter: loadInterpreter(clock, random('retries')),
    random: random('transitions'),
    ...{ clock, lambda, tokens, authorize, bus },
  });
  return { queues, lambda, invocations, delivery, bus, tokens, states, losses };
}
