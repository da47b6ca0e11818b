import { startRuntime, type Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';
import type {
  OutgoingAnswer,
  OutgoingRequest,
} from '@lastgood/embedded-aws/runtime/events/api-destinations.ts';
import type { StackBeside } from '@lastgood/embedded-aws/runtime/stack/beside.ts';
import type { Role } from '@lastgood/embedded-aws/runtime/stack/stack.ts';
import { ACCOUNT, arn } from '@lastgood/embedded-aws/world/aws.ts';
import type { HttpRequest } from '@lastgood/embedded-aws/world/elb/routing.ts';
import { createTraffic, type Traffic } from '@lastgood/embedded-aws/world/traffic.ts';
import { USERS_REQUESTS } from '@lastgood/embedded-aws/world/traffic/serving.ts';
import { createWorld, type World } from '@lastgood/embedded-aws/world/world.ts';
import type { AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { openWorkspace, type Workspace } from '../slack/workspace.ts';
import { bindings } from './bindings.ts';
import { Journal, type Audience } from './journal.ts';
import { rollbacksIn, withoutFollowers } from './rollbacks.ts';

/** Start of every scenario: a Sunday, three at night. */
const START = '2026-11-22T02:00:00.000Z';

/** Another AWS account, which may ask for rollbacks. */
export const NEIGHBOUR = '444455556666';

/** The bucket of the scenarios' bundles, and the permission to read it. */
export const BUNDLES = 'checkout-bundles';
export const PARAMETERS = {
  RequestingAccounts: NEIGHBOUR,
  RevisionBuckets: `arn:aws:s3:::${BUNDLES}`,
  // Prometheus listens on this machine.
  InternalHosts: '127.0.0.1',
};

/** A role of a pipeline in the same account. Its own policy lets it put every event on the bus. */
export const PIPELINE: Role = {
  name: 'pipeline',
  arn: `arn:aws:iam::${ACCOUNT}:role/pipeline`,
  policies: [
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'events:PutEvents',
          Resource: arn('events', 'event-bus/lastgood-prod'),
        },
      ],
    },
  ],
};

/** The port of test listeners, to which no users come. */
export const TEST_PORT = 8080;
const NO_REQUESTS: readonly HttpRequest[] = [];

const MINUTE = 60_000;

/** The embedded AWS with Lastgood deployed into it, ready for a scenario. */
export interface Stage {
  readonly world: World;
  readonly runtime: Runtime;
  /** A Slack workspace. A scenario may install Lastgood in it. */
  readonly slack: Workspace;
  readonly traffic: Traffic;
  readonly journal: Journal;
  /** Servers outside AWS that API destinations call, by their host names. */
  readonly servers: Map<string, (request: OutgoingRequest) => OutgoingAnswer>;
  /** The output of the commands that ran. */
  readonly terminal: string[];
  /**
   * Makes an AWS call as the operator, who may do everything. It skips the wire; the caller knows the type of the
   * answer.
   */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the operation answers with
  call<Output>(service: keyof Stage['services'], operation: string, input: object): Output;
  readonly services: Services;
  /** Lets this much virtual time pass. */
  minutes(count: number): Promise<void>;
  /** Lets time pass until a condition holds. Throws when it does not within the limit. */
  until(what: string, isSo: () => boolean, limitMinutes?: number): Promise<void>;
  /**
   * Lets time pass until a rollback was started and none runs any more, and then a little, because its end may start
   * another.
   */
  aftermath(limitMinutes?: number): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions extends Audience {
  readonly seed: number;
  readonly port?: number;
  /** Calls the functions in process instead of running their bundles. */
  readonly fast?: boolean;
  /** As `fast`, and invocations run side by side: each AWS call is a point at which others may run. */
  readonly interleaved?: boolean;
  /** Values of the template's parameters, besides those of all scenarios. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Policies that others attached to roles of the stack, by the name of the role. */
  readonly attached?: Readonly<Record<string, Role['policies']>>;
  /** Other stacks of the account. */
  readonly beside?: readonly StackBeside[];
  /** Further roles of the account, besides the stack's. */
  readonly roles?: readonly Role[];
}

/** The services that scenarios call, by their names in the world. The bus and the state machines are the runtime's. */
type Services = ReturnType<typeof servicesOf>;

/** Builds the world and deploys the packaged template into it. */
export async function openStage({
  seed,
  port = 0,
  roles = [],
  parameters = {},
  attached = {},
  beside = [],
  interleaved = false,
  fast = interleaved,
  ...audience
}: StageOptions): Promise<Stage> {
  const world = createWorld({ seed, start: START });
  const slack = await openWorkspace(world, !fast);
  const servers: Stage['servers'] = new Map();
  const runtime = await startRuntime({
    world,
    template: PACKAGED,
    port,
    parameters: { ...slack.parameters, ...PARAMETERS, ...parameters },
    roles: [PIPELINE, ...roles],
    attached,
    beside,
    outside: (request) => servers.get(new URL(request.url).hostname)?.(request) ?? null,
    sites: () => traffic.sites,
    ...(fast && { bindings, interleaved }),
  });
  const traffic = trafficOf(world);
  const services = servicesOf(world, runtime);
  return {
    world,
    runtime,
    slack,
    servers,
    traffic,
    journal: new Journal(world, runtime, traffic, audience),
    terminal: [],
    services,
    call: (service, operation, input) => {
      const { operations, signingName }: AwsService = services[service];
      const found = operations[operation];
      if (found === undefined) throw new Error(`the embedded AWS has no ${service} ${operation}`);
      const answer = found.run(input as never, { role: 'operator' });
      world.cloudtrail.record({ service: signingName, operation, role: 'operator', input });
      return answer as never;
    },
    ...passing(world, runtime),
    close: async () => {
      await runtime.close();
      await slack.server.close();
    },
  };
}

function trafficOf(world: World): Traffic {
  const { clock, random, elb, backends, cloudwatch, lambda, dnsUsers, route53 } = world;
  const others = [
    lambda.callers,
    dnsUsers,
    world.lattice.users,
    world.apigateway.callers,
    world.appconfig.clients,
  ];
  return createTraffic(
    { clock, random },
    { elb, backends, metrics: cloudwatch, names: route53, others },
    { requestsAt: (listener) => (elb.portOf(listener) === TEST_PORT ? NO_REQUESTS : USERS_REQUESTS) },
  );
}

function servicesOf(world: World, { bus, states }: Runtime) {
  const { autoscaling, ec2, ecr, ecs, elb, cloudwatch, sns, ssm, lambda, codedeploy, route53, scaling } =
    world;
  const { lattice, codepipeline } = world;
  return {
    apigateway: world.apigateway,
    cloudformation: world.cloudformation,
    appconfig: world.appconfig,
    autoscaling,
    ec2,
    ecr,
    ecs,
    elb,
    cloudwatch,
    sns,
    ssm,
    lambda,
    codedeploy,
    route53,
    scaling,
    lattice,
    codepipeline,
    events: bus,
    states,
  };
}

/** Returns the functions with which a scenario lets time pass. */
function passing({ clock }: World, runtime: Runtime): Pick<Stage, 'minutes' | 'until' | 'aftermath'> {
  const until: Stage['until'] = async (what, isSo, limitMinutes = 120) => {
    await clock.run(isSo, clock.now() + limitMinutes * MINUTE);
    if (!isSo()) throw new Error(`${what}: not so within ${limitMinutes} minutes, at ${clock.iso()}`);
  };
  return {
    minutes: (count) => clock.run(() => false, clock.now() + count * MINUTE),
    until,
    aftermath: async (limitMinutes = 120) => {
      const ended = () =>
        rollbacksIn(runtime).length > 0 &&
        withoutFollowers(runtime).every(({ status }) => status !== 'RUNNING');
      await until('a rollback was started and has ended', ended, limitMinutes);
      await clock.run(() => false, clock.now() + 3 * MINUTE);
    },
  };
}
