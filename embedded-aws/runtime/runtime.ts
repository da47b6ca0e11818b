import type { AwsService } from '../world/service.ts';
import type { Timer } from '../world/clock.ts';
import type { Sites } from '../world/traffic/sites.ts';
import type { CloudTrail } from '../world/cloudtrail.ts';
import type { World } from '../world/world.ts';
import { arn } from '../world/aws.ts';
import { Iam, type Decided, type ResourcePolicies } from '../wire/iam.ts';
import { partitionKeysOf } from '../wire/dynamodb.ts';
import { startWire, type Watching, type Wire } from '../wire/wire.ts';
import path from 'node:path';
import { startApi } from './api/api.ts';
import type { Deployed } from './cloudformation/deployed.ts';
import { directInvocations } from './deliveries.ts';
import type { Authorize } from './cloudformation/calls.ts';
import type { Bus, Mishaps } from './events/bus.ts';
import { runSchedules } from './events/clockwork.ts';
import type { Delivery } from './events/delivery.ts';
import { putFrom, type Answer, type ForeignEntry, type Foreigner } from './events/foreign.ts';
import type { AsyncInvocations } from './lambda/async.ts';
import { deployedOf } from './lambda/deployed.ts';
import type { Bindings } from './lambda/in-process.ts';
import type { Invocation, Lambda } from './lambda/lambda.ts';
import { reportFunctions } from './lambda/metrics.ts';
import { serveSites } from './lambda/sites-server.ts';
import type { Simulate } from './iam/simulation.ts';
import type { Queues } from './queues/queues.ts';
import { reportLogged } from './logs/metrics.ts';
import { reportQueues } from './queues/metrics.ts';
import type { Loss } from './losses.ts';
import { createParts, type Parts } from './parts.ts';
import { ownServices, worldServices } from './services.ts';
import type { Outside } from './events/api-destinations.ts';
import { withBeside, type StackBeside } from './stack/beside.ts';
import { readStack } from './stack/read.ts';
import type { Role, Stack } from './stack/stack.ts';
import { executionOf, type Execution } from './states/execution.ts';
import type { Executions } from './states/executions.ts';
import { reportExecutions } from './states/metrics.ts';
import { inMemory, startTables } from './tables.ts';

export interface RuntimeOptions {
  /** The world to deploy the stack into. The runtime adds lambda, events, states, sqs and DynamoDB to it. */
  readonly world: World;
  /** The packaged template to run. */
  readonly template: string;
  /** The root of its handler paths; by default the folder above the template's. */
  readonly root?: string;
  /** Values for the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Other stacks of the account: rules that carry events elsewhere, and what they need. */
  readonly beside?: readonly StackBeside[] | undefined;
  /** The servers outside AWS that API destinations call. */
  readonly outside?: Outside | undefined;
  /** Port of the wire on 127.0.0.1. The default 0 uses any free one. */
  readonly port?: number;
  readonly mishaps?: Mishaps;
  /** Roles of the same account outside the stack. */
  readonly roles?: readonly Role[];
  /** Policies that others attached to roles, by the name of the role: denials of an organization, for example. */
  readonly attached?: Readonly<Record<string, Role['policies']>>;
  /**
   * If set, functions run in process by these bindings, on tables in memory. Otherwise the bundles run, on dynalite.
   */
  readonly bindings?: Bindings | undefined;
  /** With bindings: invocations run side by side, and each AWS call is a point at which others may run. */
  readonly interleaved?: boolean | undefined;
  /** What functions reach by names, besides the real network; called when a function starts or asks. */
  readonly sites?: (() => Sites) | undefined;
  /** Watches the calls of functions and clients. */
  readonly watching?: Watching;
}

/** The deployed artefacts, running. Nothing happens until the clock runs. */
export interface Runtime {
  readonly stack: Stack;
  readonly wire: Wire;
  /** Returns every distinct question to IAM so far, of callers and of AWS's own services, with its answer. */
  decided(): readonly Decided[];
  /** URL of the wire. */
  readonly endpoint: string;
  /** URL of the stack's HTTP API. */
  readonly api: string;
  /** The buses. Tests lose, duplicate or delay their events, and read what was published. */
  readonly bus: Bus & AwsService;
  /** Publishes an event from another account to a bus of the stack. */
  putFrom(from: Foreigner, entry: ForeignEntry): Promise<Answer>;
  /** The deliveries. Tests make targets refuse events. */
  readonly delivery: Delivery;
  readonly queues: Queues;
  readonly lambda: Lambda;
  /** Lambda's queue of events. Tests double them. */
  readonly queued: AsyncInvocations;
  readonly states: Executions & AwsService;
  /** Returns the executions, oldest first. */
  executions(): readonly Execution[];
  readonly invocations: readonly Invocation[];
  readonly losses: readonly Loss[];
  /** Returns all items of the stack's tables. */
  items(): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/**
 * Runs a packaged stack: its bundles, state machines, rules, queues and tables, on 127.0.0.1.
 * @throws Error when the template has a part that is not modelled
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { world, template, port = 0, mishaps = {}, roles = [], attached = {} } = options;
  const { clock, random } = world;
  const { root = path.dirname(path.dirname(path.resolve(template))) } = options;
  const stack = withBeside(readStack(template, root, options.parameters), options.beside ?? [], root);
  const policies = policiesOf([...stack.roles, ...roles], attached);
  const resourcePolicies = policiesOfResources(stack);
  const iam = new Iam(policies, resourcePolicies);
  const parts = createParts({
    stack,
    world,
    root,
    mishaps,
    authorize: (role, action, resource) => iam.authorize(role, [{ action, resource }]),
    wire: () => wire,
    bindings: options.bindings,
    interleaved: options.interleaved,
    sites: options.sites,
    outside: options.outside,
    sitesAt: () => sitesServer?.origin ?? '',
  });
  const sitesServer = options.bindings || !options.sites ? null : await serveSites(options.sites);
  const { lambda, bus, states, queues, delivery, losses } = parts;
  const deployed = deployedFrom(stack, clock, () => api.endpoint);
  const authorize: Authorize = (role, accesses) => iam.authorize(role, accesses);
  const own = ownServices(parts, world, authorize, simulateFor([...stack.roles, ...roles], iam), deployed);
  const tables = options.bindings === undefined ? await startTables(stack.tables) : inMemory(stack.tables);
  const wire = await startWire({
    services: [...worldServices(world), ...Object.values(own)],
    policies,
    resourcePolicies,
    needs: world.needs,
    clock,
    random: random('wire'),
    dynamodb: tables.dynamodb,
    partitionKeys: partitionKeysOf(stack.tables),
    port,
    timing: lambda.timing,
    watching: recording(world.cloudtrail, options.watching),
  });

  world.onEvent((event) => bus.emit(event));
  world.onInvoke(directInvocations(stack, lambda, parts.invocations, losses));
  putInto(world, stack);
  const api = await startApi({ stack, lambda, clock, admit: wire.admit });
  const timers = [runSchedules(bus, delivery, clock), ...reports(parts, world)];
  return {
    decided: () => [...wire.decided(), ...iam.decided()],
    ...{ stack, wire, endpoint: wire.endpoint, api: api.endpoint, delivery, queues, lambda },
    queued: parts.invocations,
    bus: Object.assign(bus, own.events),
    states: Object.assign(states, own.states),
    putFrom: (from, entry) => putFrom(bus, stack.busPolicies, from, entry),
    executions: () => states.all.map(executionOf),
    invocations: lambda.invocations,
    losses: losses.all,
    items: () => tables.items(),
    close: () => closeAll(timers, api, lambda, wire, tables, ...(sitesServer === null ? [] : [sitesServer])),
  };
}

/** Lets CloudTrail record every call that succeeds. */
function recording(cloudtrail: CloudTrail, watching: Watching = {}): Watching {
  return {
    ...watching,
    onAnswer: (call, output) => {
      cloudtrail.record(call);
      watching.onAnswer?.(call, output);
    },
  };
}

/** Records the metrics of the stack's parts. */
function reports({ queues, lambda, states }: Parts, { clock, cloudwatch }: World): readonly Timer[] {
  return [
    reportQueues(queues, clock, cloudwatch),
    reportFunctions(lambda, clock, cloudwatch),
    reportExecutions(states, clock, cloudwatch),
    reportLogged(lambda.logs, clock, cloudwatch),
  ];
}

async function closeAll(
  timers: readonly Timer[],
  ...open: readonly { close(): Promise<void> }[]
): Promise<void> {
  for (const timer of timers) timer.cancel();
  for (const one of open) await one.close();
}

/** Puts the stack's alarms, dashboards, buckets and functions into the world. */
function putInto({ cloudwatch, s3, lambda, ssm }: World, stack: Stack): void {
  putMonitoring(stack, cloudwatch);
  for (const parameter of stack.parameters) ssm.operations.PutParameter.run(parameter as never);
  for (const bucket of stack.buckets) s3.objects.createBucket(bucket);
  for (const each of stack.functions) lambda.deploy(deployedOf(each));
}

/** Returns the stack as CloudFormation describes it. */
function deployedFrom({ name, outputs }: Stack, clock: World['clock'], endpoint: () => string): Deployed {
  return { name, createdAt: new Date(clock.now()), outputs: () => outputsHere(outputs, endpoint()) };
}

/** Returns the outputs with the address at which the HTTP API is served here, in place of AWS's. */
function outputsHere(outputs: Stack['outputs'], endpoint: string): Stack['outputs'] {
  const address = /^https:\/\/[a-z0-9]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com/;
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, value.replace(address, endpoint)]),
  );
}

/** Returns the simulator of these roles. */
function simulateFor(roles: readonly Role[], iam: Iam): Simulate {
  const names = new Set(roles.map(({ name }) => name));
  return async (role, asked) => (names.has(role) ? iam.simulate(role, asked) : null);
}

type Policies = (role: string) => Role['policies'];

function policiesOf(roles: readonly Role[], attached: NonNullable<RuntimeOptions['attached']>): Policies {
  const byName = new Map(
    roles.map(({ name, policies }) => [name, [...policies, ...(attached[name] ?? [])]] as const),
  );
  return (role) => byName.get(role) ?? [];
}

/** A bucket's policy is about the bucket and its objects. */
function policiesOfResources({ busPolicies, bucketPolicies }: Stack): ResourcePolicies {
  return (resource) => [
    ...busPolicies
      .filter(({ bus }) => arn('events', `event-bus/${bus}`) === resource)
      .map(({ statement }) => statement),
    ...bucketPolicies
      .filter(({ bucket }) => `${resource}/`.startsWith(`arn:aws:s3:::${bucket}/`))
      .map(({ statement }) => statement),
  ];
}

function putMonitoring({ alarms, dashboards }: Stack, { operations }: AwsService): void {
  for (const alarm of alarms) operations['PutMetricAlarm']?.run(alarm as never, { role: 'operator' });
  for (const one of dashboards) operations['PutDashboard']?.run(one as never, { role: 'operator' });
}
