import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Surroundings } from '../aws.ts';
import type { Random } from '../random.ts';
import type { Backends } from '../seams.ts';
import { arnOf } from './access.ts';
import { changeOperations } from './change-records.ts';
import { healthCheckOperations } from './health-checks.ts';
import { listOperations } from './list-records.ts';
import { resolve, type BalancerHealth } from './resolve.ts';
import { emptyState, groupOf, tagsOf } from './state.ts';
import { tagOperations } from './tags.ts';
import { zoneOperations } from './zones.ts';
import { HONOURED } from './honoured.ts';

/** A DNS query. */
export interface Query {
  readonly name: string;
  readonly type: string;
}

/** The interface that resolvers use. */
export interface Dns {
  /** Returns the name servers' present answer; null if there is no such record. */
  query(query: Query, chance: Random): ResourceRecordSet | null;
  /** Returns the records of a query, as the name servers hold them. */
  published(query: Query): readonly ResourceRecordSet[];
  /** Returns every name and type that has weighted records. */
  weighted(): readonly Query[];
}

export type Route53 = ReturnType<typeof createRoute53>;

interface Parties {
  /** The backends that health checks reach. */
  readonly backends: Backends;
  readonly balancerHealth: BalancerHealth;
}

/** Simulates Amazon Route 53: hosted zones, their records and health checks, and its name servers' answers. */
export function createRoute53(surroundings: Surroundings, { backends, balancerHealth }: Parties) {
  const state = emptyState();
  const zoneOf = ({ name }: Query) =>
    [...state.zones.values()].find((zone) => name === zone.name || name.endsWith(`.${zone.name}`));
  const dns: Dns = {
    query: (query, chance) => {
      const zone = zoneOf(query);
      return zone === undefined ? null : resolve(state, zone, query, chance, balancerHealth);
    },
    published: (query) => groupOf(zoneOf(query)?.published ?? new Map(), query.name, query.type),
    weighted: () => {
      const records = [...state.zones.values()].flatMap((zone) => [...zone.published.values()]);
      const found = records.filter(({ Weight }) => Weight !== undefined);
      const queries = found.map(
        ({ Name = '', Type = '' }) => [`${Name} ${Type}`, { name: Name, type: Type }] as const,
      );
      return [...new Map(queries).values()];
    },
  };
  return {
    signingName: 'route53',
    honoured: HONOURED,
    operations: {
      ...zoneOperations(surroundings, state),
      ...listOperations(state),
      ...changeOperations(surroundings, state),
      ...tagOperations(state),
      ...healthCheckOperations(surroundings, state, backends),
    },
    ...dns,
    /** For the Resource Groups Tagging API. */
    tagged: () =>
      [...state.zones.keys()].map((id) => ({
        arn: arnOf('hostedzone', id),
        tags: tagsOf(state, 'hostedzone', id),
      })),
  };
}
