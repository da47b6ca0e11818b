import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Surroundings } from '../aws.ts';
import type { Random } from '../random.ts';
import type { Backends, Behaviour, Metrics } from '../seams.ts';
import type { Answers } from '../traffic/publisher.ts';
import type { Users } from '../traffic/users.ts';
import type { AliasedBalancers } from './balancers.ts';
import { OwnMinutes } from '../own-minutes.ts';
import { Moves } from './moves.ts';
import { Resolver } from './resolver.ts';
import type { Dns, Query } from './route53.ts';

/** Number of resolvers, over which a name's users are spread evenly. */
const RESOLVERS = 50;

interface Parties {
  readonly dns: Dns;
  readonly backends: Backends;
  readonly balancers: AliasedBalancers;
  readonly metrics: Metrics;
}

/**
 * Creates the users of weighted names. Each queries its resolver, uses that endpoint, and stays there until the TTL is
 * over.
 */
export function createDnsUsers(
  { clock, random }: Pick<Surroundings, 'clock' | 'random'>,
  { dns, backends, balancers, metrics }: Parties,
): Users {
  const chance = random('route53/users');
  const moves = new Moves();
  const minutes = new OwnMinutes(clock, metrics, {
    namespace: 'Edge',
    dimensionsOf: (name) => ({ Host: name.slice(0, -1) }),
  });
  const crowds = new Map<string, readonly Resolver[]>();
  let failing = 0;

  const behaviourOf = (record: ResourceRecordSet | null): Behaviour | null =>
    record === null ? null : reached(record, backends, balancers, chance);
  const isServing = (record: ResourceRecordSet): boolean => behaviourOf(record)?.health === 'passes';

  /** Users arrive once an endpoint has answered, and then stay. */
  const crowdOf = (query: Query, records: readonly ResourceRecordSet[]): readonly Resolver[] => {
    const known = crowds.get(query.name);
    if (known !== undefined) return known;
    if (!records.some(isServing)) return [];
    const crowd = Array.from({ length: RESOLVERS }, () => new Resolver(dns, query, chance));
    crowds.set(query.name, crowd);
    return crowd;
  };

  /** Requests go to the resolvers in turn. */
  const ask = (
    query: Query,
    crowd: readonly Resolver[],
    requests: number,
    at: number,
  ): readonly Answers[] => {
    const reachedBy = new Map<Behaviour | null, number>();
    for (let request = 0; request < requests; request++) {
      const behaviour = behaviourOf(crowd[request % crowd.length]?.resolve(at) ?? null);
      reachedBy.set(behaviour, (reachedBy.get(behaviour) ?? 0) + 1);
    }
    const answers = [...reachedBy].flatMap(([behaviour, count]) =>
      answersOf(behaviour, failing, chance, count),
    );
    for (const { status, count } of answers) minutes.count(at, query.name, status !== 200, count);
    return answers;
  };

  return {
    serve: (requests, at) =>
      dns.weighted().flatMap((query) => {
        const records = dns.published(query);
        const crowd = crowdOf(query, records);
        if (crowd.length > 0) moves.look(clock.now(), query.name, records, isServing);
        return crowd.length === 0 ? [] : ask(query, crowd, requests, at);
      }),
    violations: () => moves.violations(),
    failAll: (share) => {
      failing = share;
    },
  };
}

/**
 * Returns the behaviour of the endpoint at a record's value; null if none answers. An alias leads to a load balancer, or
 * to another resource of AWS that answers at its DNS name, such as an accelerator.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
 */
function reached(
  { ResourceRecords, AliasTarget }: ResourceRecordSet,
  backends: Backends,
  balancers: AliasedBalancers,
  chance: Random,
): Behaviour | null {
  const name = AliasTarget?.DNSName ?? ResourceRecords?.[0]?.Value ?? '';
  const isBalancer = AliasTarget !== undefined && balancers.isHealthy(name) !== null;
  const target = isBalancer ? balancers.target(name, chance) : { id: name.replace(/\.$/, ''), port: 443 };
  return target === null ? null : backends.answers(target);
}

function answersOf(
  behaviour: Behaviour | null,
  failing: number,
  chance: Random,
  count: number,
): readonly Answers[] {
  if (behaviour === null) return [{ status: 502, targetSeconds: null, count }];
  const failed = chance.binomial(count, Math.max(failing, behaviour.errorRate));
  const answers: Answers[] = [
    { status: 500, targetSeconds: behaviour.latency, count: failed },
    { status: 200, targetSeconds: behaviour.latency, count: count - failed },
  ];
  return answers.filter((each) => each.count > 0);
}
