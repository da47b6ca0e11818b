import { expect, test } from 'vitest';
import { kinds } from '../../../functions/sweep/kinds.ts';
import { createKindSweep } from '../../../functions/sweep/sweep-kind.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Round } from '../../../src/ledger/rounds.ts';
import { quotaOf } from '../../../src/quotas/quotas.ts';
import { createFakeStarter } from '../starter.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 3, minute)).toISOString();

type Input = Readonly<Record<string, readonly string[] | string | undefined>>;

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  ECSClient: 'ecs',
  AutoScalingClient: 'autoscaling',
  CodeDeployClient: 'codedeploy',
  EC2Client: 'ec2',
};

/** An account at rest, whose services, groups and deployment groups are all tagged. Counts calls by bucket and minute. */
class Account {
  minute = 0;
  readonly calls: Map<string, number>[] = [];
  readonly seen = new Map<string, number>();
  readonly #groups: readonly string[];
  readonly arns: readonly string[];

  constructor({ ecs, asg, codedeploy }: { ecs: number; asg: number; codedeploy: number }) {
    this.#groups = Array.from({ length: asg }, (_, i) => `web${i}`);
    const name = (i: number) => `c${i % 12}/s${i}`;
    this.arns = [
      ...Array.from({ length: ecs }, (_, i) => `arn:aws:ecs:eu-west-1:111122223333:service/${name(i)}`),
      ...Array.from(
        { length: codedeploy },
        (_, i) => `arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup:app${i}/group`,
      ),
    ];
  }

  readonly surroundings: Surroundings = {
    connect: (Service) => {
      const client = { send: (command: { readonly input: Input }) => this.#answer(Service.name, command) };
      const real = new Service({
        maxAttempts: 1,
        requestHandler: { connectionTimeout: 1, requestTimeout: 1 },
      });
      return Object.assign(real as object, client) as typeof real;
    },
    setting: (name) => name,
    variable: () => undefined,
    now: () => at(this.minute),
    wait: () => Promise.reject(new Error('not to be called')),
    fetch: () => Promise.reject(new Error('not to be called')),
  };

  async #answer(client: string, command: { readonly input: Input }): Promise<object> {
    const operation = command.constructor.name.replace('Command', '');
    const bucket = quotaOf(SERVICE_NAMES[client] ?? client, operation) ?? operation;
    const calls = (this.calls[this.minute] ??= new Map<string, number>());
    calls.set(bucket, (calls.get(bucket) ?? 0) + 1);
    const { input } = command;
    const named = (key: string) => [input[key] ?? []].flat();
    const see = (names: readonly string[]) => {
      for (const name of names) this.seen.set(name, this.minute);
    };
    switch (operation) {
      case 'DescribeServices': {
        see(named('services').map((name) => `${String(input['cluster'])}/${name}`));
        const services = named('services').map((serviceName) => ({ serviceName, status: 'ACTIVE' }));
        return Promise.resolve({ services });
      }
      case 'DescribeAutoScalingGroups': {
        const names =
          input['AutoScalingGroupNames'] === undefined ? this.#groups : named('AutoScalingGroupNames');
        if (input['AutoScalingGroupNames'] !== undefined) see(names);
        const Tags = [{ Key: 'lastgood', Value: 'auto' }];
        return Promise.resolve({
          AutoScalingGroups: names.map((AutoScalingGroupName) => ({ AutoScalingGroupName, Tags })),
        });
      }
      case 'DescribeInstanceRefreshes':
        return Promise.resolve({ InstanceRefreshes: [] });
      case 'BatchGetDeploymentGroups': {
        const applicationName = String(input['applicationName']);
        see([applicationName]);
        const groups = named('deploymentGroupNames');
        return Promise.resolve({
          deploymentGroupsInfo: groups.map((deploymentGroupName) => ({
            applicationName,
            deploymentGroupName,
          })),
        });
      }
      default:
        throw new Error(`an account at rest is not asked for ${operation}`);
    }
  }
}

/** Sweeps an account at rest for some minutes. Returns the most calls of a bucket in a minute, and the oldest sight. */
async function idle(account: Account, minutes: number) {
  const kept = new Map<string, Round>();
  const written: string[] = [];
  const sweeps = ['ecs', 'asg', 'codedeploy'].map((name) =>
    createKindSweep(name, kinds[name]!(account.surroundings)),
  );
  const sweeping = {
    ledger: { observe: () => Promise.resolve(void written.push('observed')) },
    starter: createFakeStarter(),
    follow: () => Promise.resolve(void written.push('followed')),
    rounds: {
      of: (kind: string) => Promise.resolve(kept.get(kind) ?? null),
      keep: (kind: string, round: Round) => Promise.resolve(void kept.set(kind, round)),
    },
    rests: () => Promise.resolve(false),
    warn: () => undefined,
    hasTime: () => true,
  };
  let entries = 0;
  for (account.minute = 0; account.minute < minutes; account.minute++) {
    const context = {
      now: at(account.minute),
      optedIn: () => Promise.resolve(account.arns.map((arn) => ({ arn, tags: { lastgood: 'auto' } }))),
      entriesOf: () => {
        entries++;
        return Promise.resolve([]);
      },
    };
    for (const sweep of sweeps) await sweep(sweeping, context);
  }
  const most = new Map<string, number>();
  for (const minute of account.calls)
    for (const [bucket, count] of minute) most.set(bucket, Math.max(count, most.get(bucket) ?? 0));
  const oldest = minutes - 1 - Math.min(...account.seen.values());
  return { most: Object.fromEntries(most), oldest, seen: account.seen.size, written, entries };
}

test('5,000 mixed targets: half of them services of ECS, and what is left beside elb and lambda', async () => {
  const found = await idle(new Account({ ecs: 2_500, asg: 84, codedeploy: 84 }), 10);
  expect(found).toEqual({
    most: { 'ecs service read': 120, 'autoscaling read': 2 + 40 + 44, 'codedeploy read': 84 },
    oldest: 2,
    seen: 2_668,
    written: [],
    entries: 0,
  });
});

test('10,000 mixed targets', async () => {
  const found = await idle(new Account({ ecs: 5_000, asg: 167, codedeploy: 167 }), 15);
  expect(found.most['ecs service read']).toBe(120);
  expect(found.most['codedeploy read']).toBe(120);
  expect(found.most['autoscaling read']).toBeLessThanOrEqual(104);
  expect(found).toMatchObject({ seen: 5_334, written: [], entries: 0 });
  expect(found.oldest).toBeLessThanOrEqual(5);
});

test('700 deployment groups, each of an application of its own, are seen within six minutes', async () => {
  const { most, oldest, seen } = await idle(new Account({ ecs: 0, asg: 0, codedeploy: 700 }), 14);
  expect([most['codedeploy read'], seen]).toEqual([120, 700]);
  expect(oldest).toBeLessThanOrEqual(6);
});
