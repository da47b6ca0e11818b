import type * as sdk from '@aws-sdk/client-vpc-lattice';
import { LatticeWorld } from '@lastgood/embedded-aws/test/world/lattice-world.ts';
import { fingerprints } from '../../../../functions/mechanisms/lattice/backing.ts';
import { createMechanism } from '../../../../functions/mechanisms/lattice/mechanism.ts';
import { writeRun } from '../../../../functions/mechanisms/lattice/runs.ts';
import { createLattice } from '../../../../functions/mechanisms/lattice/sdk.ts';
import { splitOf, withBehind } from '../../../../functions/mechanisms/lattice/split.ts';
import type { Launched } from '../../../../src/aws/launched.ts';
import { latticeClient } from '../../../fakes/lattice-client.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';

export const PROVEN_SINCE = '2026-11-22T00:00:00.000Z';
export const SINCE = '2026-11-22T01:50:00.000Z';
const WRITES = new Set(['UpdateListener', 'UpdateRule']);

/** Auto Scaling groups by what they launched; none: AWS does not show what runs behind a target group. */
class FakeLaunched {
  groups: readonly Launched[] = [];

  ofInstances(): Promise<readonly Launched[]> {
    return Promise.resolve(this.groups);
  }

  all(): Promise<readonly Launched[]> {
    return Promise.resolve(this.groups);
  }
}

export type Weights = Readonly<Record<string, number>>;

export interface StageOptions {
  /** The target is a rule of the listener. */
  readonly rule?: true;
  readonly type?: 'IP' | 'INSTANCE';
  readonly tags?: Readonly<Record<string, string>>;
}

/** Sets up a listener before blue and green, four healthy targets each; blue is proven. */
export async function openStage(weights: Weights, { rule, tags, type = 'INSTANCE' }: StageOptions = {}) {
  const own = { lastgood: 'auto', ...tags };
  const world = new LatticeWorld(rule === true ? {} : own, { targets: 4, type });
  const ruleId = rule === true ? world.addRule('cart', { blue: 100, green: 0 }, own) : null;
  const calls: string[] = [];
  const denied = new Set<string>();
  const client = latticeClient(world.lattice, calls, denied);
  const lattice = createLattice(client);
  const launched = new FakeLaunched();
  const name = [world.service, world.listener, ...(ruleId === null ? [] : [ruleId])].join('/');
  const target = `lattice:${name}`;
  const ledger = new FakeEntries(target);
  const arnOf = (group: string) =>
    `arn:aws:vpc-lattice:eu-west-1:111122223333:targetgroup/${world.groups[group] ?? ''}`;
  const arn = `arn:aws:vpc-lattice:eu-west-1:111122223333:service/${world.service}/listener/${world.listener}`;
  const weigh = (next: Weights) => {
    if (ruleId === null) {
      world.weigh(next);
      return;
    }
    world.call('UpdateRule', { ...world.keys, ruleIdentifier: ruleId, action: world.action(next) });
  };
  const idOf = (since: string, of: Weights) => {
    const split = splitOf(Object.entries(of).map(([one, weight]) => ({ group: world.groups[one]!, weight })));
    const behind = fingerprints(
      arn,
      split.map(({ group }) => group),
      launched.groups,
    );
    return writeRun({ split: withBehind(split, behind), since });
  };
  const stage = {
    ...{ world, calls, client, lattice, launched, name, target, ledger, idOf, weigh, arn, arnOf },
    mechanism: createMechanism({
      ...{ lattice, launched, ledger, now: () => world.clock.iso() },
      readTags: (arns) => Promise.resolve(arns.map((one) => tagsIn(world, one))),
    }),
    /** Refuses an operation from now on. */
    deny: (operation: string) => void denied.add(operation),
    writes: () => calls.filter((operation) => WRITES.has(operation)).length,
    tag: (resourceArn: string, more: Readonly<Record<string, string>>) =>
      world.call('TagResource', { resourceArn, tags: more }),
    weights: (): Weights =>
      ruleId === null
        ? world.weights()
        : world.weightsIn(world.call('GetRule', { ...world.keys, ruleIdentifier: ruleId }).action),
    /** Sets the version that the instances behind a target group were launched from. */
    stands: (group: string, ...from: readonly string[]) => {
      const others = launched.groups.filter(({ targetGroups }) => !targetGroups.includes(arnOf(group)));
      launched.groups = [...others, { targetGroups: [arnOf(group)], from }];
    },
    /** Records that the sweep observed this division. */
    observe: (since: string, of: Weights) => {
      const deployment = idOf(since, of);
      ledger.list.unshift({ state: 'candidate', target, deployment, completedAt: since, soakUntil: since });
      return deployment;
    },
    /** Sets the health of a group's targets, and waits until it shows. */
    health: async (group: string, health: 'passes' | 'fails', count = 4) => {
      for (const [id, behaviour] of [...world.behaviours]
        .filter(([one]) => one.includes(group))
        .slice(0, count))
        world.behaviours.set(id, { ...behaviour, health });
      await world.pass(60);
    },
  };
  weigh(weights);
  await world.pass(120);
  ledger.prove(idOf(PROVEN_SINCE, { blue: 1 }));
  return stage;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

function tagsIn({ lattice }: LatticeWorld, arn: string): Readonly<Record<string, string>> {
  return lattice.tagged().find((one) => one.arn === arn)?.tags ?? {};
}

/** Returns the action that forwards by weights, for tests of actions. */
export function forwardTo(weights: Weights): sdk.RuleAction {
  const targetGroups = Object.entries(weights).map(([id, weight]) => ({ targetGroupIdentifier: id, weight }));
  return { forward: { targetGroups } };
}
