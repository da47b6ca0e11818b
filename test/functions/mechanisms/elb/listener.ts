import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Fleet, Fleets } from '../../../../functions/mechanisms/elb/fleets.ts';
import { createMechanism } from '../../../../functions/mechanisms/elb/mechanism.ts';
import { writeRun } from '../../../../functions/mechanisms/elb/runs.ts';
import { createElb } from '../../../../functions/mechanisms/elb/sdk.ts';
import { splitOf, withBehind } from '../../../../functions/mechanisms/elb/split.ts';
import { behindEach, type Launched } from '../../../../src/aws/launched.ts';
import { AwsError, type AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import { balance, HEALTHY } from '@lastgood/embedded-aws/test/world/elb-shop.ts';

export const PROVEN_SINCE = '2026-11-22T00:00:00.000Z';
export const SINCE = '2026-11-22T01:50:00.000Z';
const WRITES = new Set(['ModifyListener', 'ModifyRule']);

/** Auto Scaling groups in memory. */
export class FakeFleets implements Fleets {
  /** What a group launched; without it, AWS does not show what it runs. */
  readonly groups = new Map<string, Omit<Fleet, 'launched' | 'suspended'> & Partial<Fleet>>();
  readonly asked: (readonly [name: string, desired: number])[] = [];

  named(names: readonly string[]): Promise<ReadonlyMap<string, Fleet>> {
    const found = names.flatMap((name) => {
      const fleet = this.groups.get(name);
      const launched = { targetGroups: [], from: [] };
      return fleet === undefined ? [] : [[name, { launched, suspended: [], ...fleet }] as const];
    });
    return Promise.resolve(new Map(found));
  }

  grow(name: string, desired: number): Promise<void> {
    this.asked.push([name, desired]);
    this.groups.set(name, { ...this.groups.get(name)!, desired });
    return Promise.resolve();
  }
}

/** Auto Scaling groups by what they launched; none: AWS does not show what runs behind a target group. */
export class FakeLaunched {
  groups: readonly Launched[] = [];

  ofInstances(): Promise<readonly Launched[]> {
    return Promise.resolve(this.groups);
  }

  all(): Promise<readonly Launched[]> {
    return Promise.resolve(this.groups);
  }
}

/** Creates a client that calls the embedded AWS in process. */
function clientOf(service: AwsService, calls: string[]): Pick<ElasticLoadBalancingV2Client, 'send'> {
  const send = (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    calls.push(operation);
    try {
      const answer = service.operations[operation]!.run(command.input as never, { role: 'operator' });
      return Promise.resolve(answer);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Promise.reject(Object.assign(new Error(error.message), { name: error.code }));
    }
  };
  return { send };
}

export type OpenListener = Awaited<ReturnType<typeof openListener>>;

/** Sets up a listener before blue and green, four healthy targets each; blue is proven. */
export async function openListener(blue = 100, green = 0) {
  const world = balance();
  const calls: string[] = [];
  const client = clientOf(world.elb, calls);
  const elb = createElb(client);
  const fleets = new FakeFleets();
  const launched = new FakeLaunched();
  const target = `elb:${world.listener}`;
  const ledger = new FakeEntries(target);
  const shares = (weights: readonly [number, number]) =>
    splitOf([
      { targetGroup: world.blue, weight: weights[0] },
      { targetGroup: world.green, weight: weights[1] },
    ]);
  const idOf = (since: string, ...weights: readonly [number, number]) =>
    writeRun({
      split: withBehind(shares(weights), behindEach([world.blue, world.green], launched.groups)),
      since,
    });
  const tagsOf = (arn: string) => {
    const { TagDescriptions = [] } = world.elb.operations.DescribeTags.run({ ResourceArns: [arn] });
    const tags = TagDescriptions.flatMap(({ Tags = [] }) => Tags);
    return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  };
  const shop = {
    ...world,
    ...{ calls, client, elbClient: elb, fleets, launched, target, ledger, idOf, shares },
    mechanism: createMechanism({
      ...{ elb, fleets, launched, ledger, now: () => world.clock.iso() },
      readTags: (arns) => Promise.resolve(arns.map(tagsOf)),
    }),
    writes: () => calls.filter((operation) => WRITES.has(operation)).length + fleets.asked.length,
    tag: (arn: string, tags: Readonly<Record<string, string>>) =>
      world.elb.operations.AddTags.run({
        ResourceArns: [arn],
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    weigh: (...weights: readonly [number, number]) =>
      world.elb.operations.ModifyListener.run({
        ListenerArn: world.listener,
        DefaultActions: [forward(world, weights)],
      }),
    /** Detaches all groups but one. */
    forwardTo: (TargetGroupArn: string) =>
      world.elb.operations.ModifyListener.run({
        ListenerArn: world.listener,
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }),
    register: (group: string, count: number, behaviour = HEALTHY) => {
      for (let index = 0; index < count; index++) {
        const id = `${group.split('/')[1]}-${world.behaviours.size}`;
        world.behaviours.set(id, behaviour);
        world.elb.register(group, { id, port: 8080 });
      }
    },
    /** Sets the version that the instances behind a target group were launched from. */
    stands: (targetGroup: string, ...from: readonly string[]) => {
      const others = launched.groups.filter(({ targetGroups }) => !targetGroups.includes(targetGroup));
      launched.groups = [...others, { targetGroups: [targetGroup], from }];
    },
    /** Records that the sweep observed this division. */
    observe: (since: string, ...weights: readonly [number, number]) => {
      const deployment = idOf(since, ...weights);
      ledger.list.unshift({ state: 'candidate', target, deployment, completedAt: since, soakUntil: since });
      return deployment;
    },
  };
  shop.tag(world.listener, { lastgood: 'auto' });
  shop.weigh(blue, green);
  for (const group of [world.blue, world.green]) shop.register(group, 4);
  await world.run(120);
  ledger.prove(idOf(PROVEN_SINCE, 1, 0));
  return shop;
}

function forward({ blue, green }: { blue: string; green: string }, weights: readonly [number, number]) {
  return {
    Type: 'forward' as const,
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: blue, Weight: weights[0] },
        { TargetGroupArn: green, Weight: weights[1] },
      ],
    },
  };
}
