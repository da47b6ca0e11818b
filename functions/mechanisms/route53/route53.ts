import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { RecordName } from '../../../src/targets/kinds/route53/target.ts';
import type { Weights } from './weights.ts';

/** One record of a set, in our words. */
export interface WeightedRecord {
  readonly identifier: string;
  /** Null: it is routed by something other than weight. */
  readonly weight: number | null;
  /** Seconds; null for an alias, which has the TTL of what it points at. */
  readonly ttl: number | null;
  readonly healthCheck: string | null;
  /** `zone`: of what it points at; its own, where that is another record beside it. */
  readonly alias: { readonly dnsName: string; readonly zone: string } | null;
  /** The traffic policy instance that made it and must not be written past. */
  readonly trafficPolicy: string | null;
  /** As Route 53 listed it: what is sent back with another weight, and nothing else changed. */
  readonly listed: ResourceRecordSet;
}

/** A reading of health: `unknown` is never healthy; `unwatched` means that nothing looks at it. */
export interface Reading {
  readonly state: 'healthy' | 'unhealthy' | 'unknown' | 'unwatched';
  readonly says: string;
}

/** What Lastgood asks of Route 53. */
export interface Route53 {
  /** All records of one name and type, changes that are still on their way included. Null: no such zone. */
  records(name: RecordName): Promise<readonly WeightedRecord[] | null>;
  /** What external-dns makes the records of this name from; null: nothing says that it does. */
  heritage(name: RecordName): Promise<string | null>;
  /** The names and types in a zone that have weighted records. */
  weighted(zone: string): Promise<readonly RecordName[]>;
  /** Tags of a hosted zone; its records cannot be tagged. Null: no such zone. */
  tags(zone: string): Promise<Tags | null>;
  healthCheck(id: string): Promise<Reading>;
  /** One change, all or nothing. Answers with its id, which cannot be asked for again. */
  setWeights(
    name: RecordName,
    records: readonly WeightedRecord[],
    weights: Weights,
    comment: string,
  ): Promise<string>;
  /** Null: Route 53 does not know the change (any more). */
  change(id: string): Promise<{ readonly inSync: boolean; readonly submittedAt: Instant } | null>;
}

/** The targets behind one load balancer, by its target groups that have any; those that are draining are not counted. */
export interface Balancer {
  /** Fingerprint of what they run; null: AWS does not show it. */
  readonly running: string | null;
  readonly groups: readonly { readonly arn: string; readonly healthy: number; readonly registered: number }[];
}

/** What Lastgood asks of Elastic Load Balancing, where a record is an alias of a load balancer. */
export interface Balancers {
  /** Null: no load balancer of that DNS name in its Region of this account. */
  named(dnsName: string, region: string): Promise<Balancer | null>;
  /** Fingerprints of what runs behind the load balancers of a Region, by DNS name, where AWS shows it. */
  running(region: string): Promise<ReadonlyMap<string, string>>;
}
