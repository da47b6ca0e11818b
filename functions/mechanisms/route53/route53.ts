import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { RecordName } from '../../../src/targets/kinds/route53/target.ts';
import type { Weights } from './weights.ts';

/** One record of a set, in the words of Lastgood. */
export interface WeightedRecord {
  readonly identifier: string;
  /** Null: its routing policy is not weighted. */
  readonly weight: number | null;
  /** Seconds; null for an alias, which has the TTL of what it points at. */
  readonly ttl: number | null;
  readonly healthCheck: string | null;
  /** `zone` is the hosted zone of its target, or its own if the target is another record of the zone. */
  readonly alias: { readonly dnsName: string; readonly zone: string } | null;
  /** The traffic policy instance that manages it. Lastgood must not write such a record. */
  readonly trafficPolicy: string | null;
  /** As Route 53 listed it. It is sent back with another weight and no other change. */
  readonly listed: ResourceRecordSet;
}

/**
 * A reading of health. `unknown` never counts as healthy; `unwatched` means that no health check watches it, and
 * `unread` that Revert will read it.
 */
export interface Reading {
  readonly state: 'healthy' | 'unhealthy' | 'unknown' | 'unwatched' | 'unread';
  readonly says: string;
}

/** The records of one name and type. */
export interface NamedRecords {
  readonly records: readonly WeightedRecord[];
  /** The source from which external-dns makes them; null: no record says that it does. */
  readonly heritage: string | null;
}

/** What Lastgood asks of Route 53. */
export interface Route53 {
  /** Lists all records of one name and type, including changes that are still in flight. Null: no such zone. */
  records(name: RecordName): Promise<readonly WeightedRecord[] | null>;
  /** Lists the records as `records` does, with the source from which external-dns makes them. Null: no such zone. */
  named(name: RecordName): Promise<NamedRecords | null>;
  /** Reads the tags of a hosted zone; its records cannot be tagged. Null: no such zone. */
  tags(zone: string): Promise<Tags | null>;
  healthCheck(id: string): Promise<Reading>;
  /** Makes one atomic change. Returns its id, which no other call returns. */
  setWeights(
    name: RecordName,
    records: readonly WeightedRecord[],
    weights: Weights,
    comment: string,
  ): Promise<string>;
  /** Null: Route 53 does not know the change, or no longer does. */
  change(id: string): Promise<{ readonly inSync: boolean; readonly submittedAt: Instant } | null>;
}

/** The targets behind one load balancer, by its target groups that have any. Draining targets are not counted. */
export interface Balancer {
  readonly arn: string;
  /** Fingerprint of what they run; null: AWS does not show it. */
  readonly running: string | null;
  readonly groups: readonly { readonly arn: string; readonly healthy: number; readonly registered: number }[];
}

/** A load balancer to read. */
export interface BalancerName {
  /** Without a `dualstack.` in front. */
  readonly dnsName: string;
  readonly region: string;
  /** Its ARN, which never changes. Null: not known yet. */
  readonly arn: string | null;
}

/** What Lastgood asks of Elastic Load Balancing, where a record is an alias of a load balancer. */
export interface Balancers {
  /** Reads load balancers, in their order. Null: this account has none of that DNS name in the Region. */
  named(names: readonly BalancerName[]): Promise<readonly (Balancer | null)[]>;
  /** Reads fingerprints of what runs behind the load balancers of a Region, by DNS name, if AWS shows it. */
  running(region: string): Promise<ReadonlyMap<string, string>>;
}
