import type { HttpRequest } from '@lastgood/embedded-aws/world/elb/routing.ts';
import { startRuntime, type Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';
import type { Watching } from '@lastgood/embedded-aws/wire/wire.ts';
import type { Random } from '@lastgood/embedded-aws/world/random.ts';
import type { AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { createTraffic, type Traffic } from '@lastgood/embedded-aws/world/traffic.ts';
import { createWorld, type World } from '@lastgood/embedded-aws/world/world.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { openWorkspace, type Workspace } from '../slack/workspace.ts';
import { bindings } from '../scenarios/bindings.ts';
import { PARAMETERS } from '../scenarios/stage.ts';
import { Balancers } from './balancers.ts';

/** Start of every run: a Sunday, three at night in the Region. */
const START = '2026-11-22T02:00:00.000Z';

const MINUTE = 60_000;

/** The services of the world that a run calls as the operator, by name. */
type Services = Pick<
  World,
  'autoscaling' | 'ec2' | 'ecs' | 'elb' | 'cloudwatch' | 'lambda' | 'codedeploy' | 'route53'
>;

/** The embedded AWS with Lastgood deployed into it, and room for many targets. */
export interface Ground {
  readonly world: World;
  readonly runtime: Runtime;
  readonly slack: Workspace;
  readonly traffic: Traffic;
  readonly balancers: Balancers;
  /** Decides what the seed decides: when alarms turn, who deploys when. */
  readonly chance: Random;
  /**
   * Makes an AWS call as the operator, beside the wire: it takes no token of a quota. The caller knows the type of the
   * answer.
   */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the operation answers with
  readonly call: <Output>(service: keyof Services, operation: string, input: object) => Output;
  /** Lets this much virtual time pass. */
  minutes(count: number): Promise<void>;
  /** Lets virtual time pass until an instant, in milliseconds since the epoch. */
  reach(instant: number): Promise<void>;
  close(): Promise<void>;
}

export interface GroundOptions {
  readonly seed: number;
  /** Values of the template's parameters, besides those of the scenarios. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly watching: Watching;
  /** Requests a second of each target's users. */
  readonly requestsPerSecond: number;
}

/** Opens an empty world and deploys the packaged template into it. Functions run in process. */
export async function openGround({
  seed,
  parameters = {},
  watching,
  requestsPerSecond,
}: GroundOptions): Promise<Ground> {
  const world = createWorld({ seed, start: START });
  const slack = await openWorkspace(world, false);
  const runtime = await startRuntime({
    ...{ world, template: PACKAGED, bindings, sites: () => traffic.sites },
    parameters: { ...slack.parameters, ...PARAMETERS, ...parameters },
    watching: { keepsCalls: false, ...watching },
  });
  const { clock } = world;
  const call: Ground['call'] = (service, operation, input) => {
    const { operations }: AwsService = world[service];
    const found = operations[operation];
    if (found === undefined) throw new Error(`the embedded AWS has no ${service} ${operation}`);
    return found.run(input as never, { role: 'operator' }) as never;
  };
  const balancers = new Balancers(call);
  const traffic = trafficOf(world, requestsPerSecond, (listener) => balancers.requestsAt(listener));
  const reach = (instant: number) => clock.run(() => false, instant);
  return {
    ...{ world, runtime, slack, balancers, traffic, call, reach },
    chance: world.random('storm'),
    minutes: (count) => reach(clock.now() + count * MINUTE),
    close: async () => {
      await runtime.close();
      await slack.server.close();
    },
  };
}

function trafficOf(
  { clock, random, elb, backends, cloudwatch, lambda, dnsUsers, route53, apigateway }: World,
  requestsPerSecond: number,
  requestsAt: (listener: string) => readonly HttpRequest[],
): Traffic {
  const others = [lambda.callers, dnsUsers, apigateway.callers];
  return createTraffic(
    { clock, random },
    { elb, backends, metrics: cloudwatch, names: route53, others },
    { requestsPerSecond, requestsAt },
  );
}
