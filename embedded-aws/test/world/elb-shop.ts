import type { AwsEvent, Surroundings } from '../../world/aws.ts';
import { Clock } from '../../world/clock.ts';
import { createElb } from '../../world/elb/elb.ts';
import { Random } from '../../world/random.ts';
import type { Behaviour } from '../../world/seams.ts';
import { AwsError } from '../../world/service.ts';

export const START = Date.parse('2026-11-22T02:00:00Z');

export const HEALTHY: Behaviour = { startSeconds: 0, health: 'passes', errorRate: 0, latency: 0.1 };

/** Returns a clock, seeded randomness, and the published events. */
export function surround(
  seed = 1,
): Surroundings & { readonly events: AwsEvent[]; run: (seconds: number) => Promise<void> } {
  const clock = new Clock(new Date(START).toISOString());
  const events: AwsEvent[] = [];
  return {
    clock,
    random: (name) => new Random(seed, name),
    emit: (event) => events.push(event),
    events,
    run: (seconds) => clock.run(() => false, clock.now() + seconds * 1000),
  };
}

/** Creates a load balancer world whose targets answer by `behaviours`, by target id. */
export function openElb(seed = 1) {
  const world = surround(seed);
  const behaviours = new Map<string, Behaviour>();
  const elb = createElb(world, { backends: () => ({ answers: ({ id }) => behaviours.get(id) ?? null }) });
  return {
    ...world,
    elb,
    behaviours,
    backends: { answers: ({ id }: { id: string }) => behaviours.get(id) ?? null },
  };
}

/** Creates a load balancer with one listener that forwards to `blue`; `green` is unused. */
export function balance(seed = 1) {
  const world = openElb(seed);
  const { operations } = world.elb;
  const group = (Name: string): string =>
    operations.CreateTargetGroup.run({
      Name,
      Port: 8080,
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 2,
    }).TargetGroups?.[0]?.TargetGroupArn ?? '';
  const [blue, green] = [group('blue'), group('green')];
  const loadBalancer =
    operations.CreateLoadBalancer.run({ Name: 'shop' }).LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const { Listeners } = operations.CreateListener.run({
    LoadBalancerArn: loadBalancer,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: blue }],
  });
  return { ...world, blue, green, loadBalancer, listener: Listeners?.[0]?.ListenerArn ?? '' };
}

/** Returns the code of the AWS error of a call. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
  return 'no error';
}
