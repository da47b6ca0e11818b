import type {
  Change,
  ListTagsForResourceResponse,
  ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { Clock } from '../../world/clock.ts';
import { Random } from '../../world/random.ts';
import { Endpoints } from '../../world/route53/endpoints.ts';
import { createRoute53 } from '../../world/route53/route53.ts';
import type { Behaviour } from '../../world/seams.ts';
import { AwsError, type AwsService } from '../../world/service.ts';

export const GOOD: Behaviour = { startSeconds: 0, health: 'passes', errorRate: 0, latency: 0.1 };
export const ADDRESSES = { blue: '198.51.100.10', green: '198.51.100.20', fix: '198.51.100.30' } as const;

type Side = keyof typeof ADDRESSES;

/** Route 53 with the zone `example.com`, and servers at three addresses. */
export class Route53World {
  readonly clock = new Clock('2026-11-22T02:00:00.000Z');
  readonly endpoints = new Endpoints();
  readonly route53;
  readonly zone: string;
  /** The health that aliases of load balancers read, by DNS name. */
  readonly balancers = new Map<string, boolean>();

  constructor(seed = 1) {
    const random = (name: string) => new Random(seed, name);
    const surroundings = { clock: this.clock, random, emit: () => undefined };
    this.route53 = createRoute53(surroundings, {
      backends: this.endpoints,
      balancerHealth: (dnsName) => this.balancers.get(dnsName) ?? null,
    });
    for (const address of Object.values(ADDRESSES)) this.endpoints.put(address, GOOD);
    const input = { Name: 'example.com', CallerReference: 'test' };
    this.zone = this.route53.operations.CreateHostedZone.run(input).HostedZone!.Id!.replace(
      '/hostedzone/',
      '',
    );
  }

  /** @throws AwsError */
  call(operation: string, input: object): unknown {
    const service: AwsService = this.route53;
    return service.operations[operation]!.run(input as never, { role: 'operator' });
  }

  change(...changes: readonly Change[]): string {
    const input = { HostedZoneId: this.zone, ChangeBatch: { Changes: [...changes] } };
    return this.route53.operations.ChangeResourceRecordSets.run(input).ChangeInfo.Id!;
  }

  upsert(...records: readonly ResourceRecordSet[]): string {
    return this.change(
      ...records.map((record) => ({ Action: 'UPSERT' as const, ResourceRecordSet: record })),
    );
  }

  weigh(weights: Partial<Record<Side, number>>, more: Partial<ResourceRecordSet> = {}): string {
    const records = Object.entries(weights).map(([side, weight]) => ({
      ...record(side as Side, weight),
      ...more,
    }));
    return this.upsert(...records);
  }

  records(): readonly ResourceRecordSet[] {
    return this.route53.operations.ListResourceRecordSets.run({ HostedZoneId: this.zone })
      .ResourceRecordSets!;
  }

  weights(): Record<string, number> {
    const weighted = this.records().filter(({ Weight }) => Weight !== undefined);
    return Object.fromEntries(weighted.map(({ SetIdentifier, Weight }) => [SetIdentifier!, Weight!]));
  }

  tag(tags: Readonly<Record<string, string>>): void {
    const AddTags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    this.call('ChangeTagsForResource', { ResourceType: 'hostedzone', ResourceId: this.zone, AddTags });
  }

  get tags(): Readonly<Record<string, string>> {
    const input = { ResourceType: 'hostedzone', ResourceId: this.zone };
    const { ResourceTagSet } = this.call('ListTagsForResource', input) as ListTagsForResourceResponse;
    const tags = ResourceTagSet?.Tags ?? [];
    return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  }

  healthCheck(address: string): string {
    const HealthCheckConfig = { IPAddress: address, Type: 'HTTPS', Port: 443, RequestInterval: 10 } as const;
    const input = { CallerReference: address, HealthCheckConfig };
    return this.route53.operations.CreateHealthCheck.run(input).HealthCheck!.Id!;
  }

  async pass(seconds: number): Promise<void> {
    await this.clock.run(() => false, this.clock.now() + seconds * 1000);
  }
}

export function record(side: Side, Weight: number): ResourceRecordSet {
  return {
    ...{ Name: 'www.example.com', Type: 'A', SetIdentifier: side, TTL: 30, Weight },
    ResourceRecords: [{ Value: ADDRESSES[side] }],
  };
}

/** Returns the code of a thrown AwsError. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
  return 'none';
}

/** Returns an SDK client that calls the embedded AWS without the wire, and records the operations. */
export function clientOf(service: AwsService, calls: string[] = []): Route53Client {
  const send = (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    calls.push(operation);
    try {
      return Promise.resolve(
        service.operations[operation]!.run(command.input as never, { role: 'operator' }),
      );
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Promise.reject(Object.assign(new Error(error.message), { name: error.code }));
    }
  };
  return { send } as unknown as Route53Client;
}
