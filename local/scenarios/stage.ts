import { startRuntime, type Runtime } from '../runtime/runtime.ts';
import { createTraffic, type Traffic } from '../world/traffic.ts';
import { createWorld, type World } from '../world/world.ts';
import type { AwsService } from '../world/service.ts';
import { Journal } from './journal.ts';

/** When every scenario begins: a Sunday, three at night. */
const START = '2026-11-22T02:00:00.000Z';

const MINUTE = 60_000;

/** The embedded AWS with Lastgood deployed into it, ready for a story. */
export interface Stage {
  readonly world: World;
  readonly runtime: Runtime;
  readonly traffic: Traffic;
  readonly journal: Journal;
  /** An AWS call by the person at the keyboard, who may do everything. Not over the wire; the caller knows its answer. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the operation answers with
  call<Output>(service: keyof Stage['services'], operation: string, input: object): Output;
  readonly services: Readonly<
    Record<
      | 'autoscaling'
      | 'ec2'
      | 'ecr'
      | 'ecs'
      | 'elb'
      | 'cloudwatch'
      | 'sns'
      | 'lambda'
      | 'route53'
      | 'codedeploy'
      | 'events'
      | 'states',
      AwsService
    >
  >;
  /** Lets this much virtual time pass. */
  minutes(count: number): Promise<void>;
  /** Lets time pass until something is so; throws when it is not so within the limit. */
  until(what: string, isSo: () => boolean, limitMinutes?: number): Promise<void>;
  /** Lets time pass until a rollback was started and none runs any more, and then a little: what ended may start again. */
  aftermath(limitMinutes?: number): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly seed: number;
  readonly port?: number;
  /** Hears what happens while it happens. */
  readonly onHappening?: (happening: { readonly at: string; readonly what: string }) => void;
}

/** Builds the world, deploys the packaged template into it and opens the curtain. */
export async function openStage({ seed, port = 0, onHappening }: StageOptions): Promise<Stage> {
  const world = createWorld({ seed, start: START });
  const { clock, autoscaling, ec2, ecr, ecs, elb, cloudwatch, sns, lambda, codedeploy, route53, dnsUsers } =
    world;
  const runtime = await startRuntime({ world, port });
  const traffic = createTraffic(
    { clock, random: world.random },
    { elb, backends: world.backends, metrics: cloudwatch, others: [lambda.callers, dnsUsers] },
  );
  const journal = new Journal(world, runtime, traffic, onHappening);
  const services = {
    autoscaling,
    ec2,
    ecr,
    ecs,
    elb,
    cloudwatch,
    sns,
    lambda,
    codedeploy,
    route53,
    events: runtime.bus,
    states: runtime.states,
  };

  const until: Stage['until'] = async (what, isSo, limitMinutes = 120) => {
    await clock.run(isSo, clock.now() + limitMinutes * MINUTE);
    if (!isSo()) throw new Error(`${what}: not so within ${limitMinutes} minutes, at ${clock.iso()}`);
  };
  return {
    world,
    runtime,
    traffic,
    journal,
    services,
    call: (service, operation, input) => {
      const { operations }: AwsService = services[service];
      const found = operations[operation];
      if (found === undefined) throw new Error(`the embedded AWS has no ${service} ${operation}`);
      return found.run(input as never, { role: 'operator' }) as never;
    },
    minutes: (count) => clock.run(() => false, clock.now() + count * MINUTE),
    until,
    aftermath: async (limitMinutes = 120) => {
      const ended = () =>
        runtime.executions().length > 0 && runtime.executions().every(({ status }) => status !== 'RUNNING');
      await until('a rollback was started and has ended', ended, limitMinutes);
      await clock.run(() => false, clock.now() + 3 * MINUTE);
    },
    close: () => runtime.close(),
  };
}
