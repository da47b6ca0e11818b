import type { Forward } from '../elb/forward.ts';
import type { HttpRequest, Routing } from '../elb/routing.ts';
import type { Random } from '../random.ts';
import type { Backends, TargetId } from '../seams.ts';
import type { Moves } from './moves.ts';
import type { Answer, Publisher } from './publisher.ts';
import { Sessions } from './sessions.ts';

/** The default of `idle_timeout.timeout_seconds`. Users wait for it in the world no longer than for any other answer. */
const IDLE_TIMEOUT_SECONDS = 60;

/** What every user asks for. */
const REQUEST: HttpRequest = { host: 'www.example.com', path: '/' };

export interface Serving {
  /** Answers so many requests on each listener that is open. */
  serve(requests: number, now: string): readonly Answer[];
  /** Measures how many targets of each group are healthy. */
  countHosts(at: number): void;
  /** From now on this share of requests fails on every target. */
  failAll(share: number): void;
  /** From now on no target answers before the load balancer gives up. */
  hangAll(): void;
}

interface Parties {
  readonly elb: Routing;
  readonly backends: Backends;
  readonly publisher: Publisher;
  readonly moves: Moves;
  readonly chance: Random;
}

/**
 * Routes requests as an Application Load Balancer does and answers them as the targets' images behave.
 *
 * - A group gets its weight's share: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 * - A group without targets answers 503, a target that does not answer makes a 502, and one that takes the
 *   connection and then says nothing for the idle timeout a 504:
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 *   A forward without any weight above zero is taken to answer 503 too, which the page does not say.
 * - Each node of the load balancer gets the same share of the requests, and sends them to targets in every zone:
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
export function createServing({ elb, backends, publisher, moves, chance }: Parties): Serving {
  const open = new Set<string>();
  const sessions = new Sessions(chance);
  let failing = 0;
  let hanging = false;

  const answer = (target: TargetId): Answer => {
    const behaviour = backends.answers(target);
    if (behaviour === null) return { status: 502, targetSeconds: null };
    if (hanging || behaviour.latency >= IDLE_TIMEOUT_SECONDS) return { status: 504, targetSeconds: null };
    const failed = chance.next() < Math.max(failing, behaviour.errorRate);
    return { status: failed ? 500 : 200, targetSeconds: behaviour.latency };
  };

  const serveOne = (listenerArn: string, requests: number, now: string): readonly Answer[] => {
    const forwards = elb.forwards(listenerArn, REQUEST);
    moves.look(now, listenerArn, forwards, (arn) => elb.counts(arn));
    if (forwards.length === 0) return [];
    const loadBalancer = elb.loadBalancerOf(listenerArn);
    const targets = new Map(forwards.map(({ targetGroupArn: arn }) => [arn, elb.eligible(arn)]));
    const sticky = elb.stickySeconds(listenerArn, REQUEST);
    const zones = elb.zonesOf(listenerArn);
    return Array.from({ length: requests }, (_, index) => {
      const group = sessions.pick(listenerArn, forwards, sticky, Date.parse(now));
      const target = pick(targets.get(group ?? '') ?? [], chance);
      const given: Answer = target === undefined ? { status: 503, targetSeconds: null } : answer(target);
      publisher.count({ loadBalancer, zone: zones[index % zones.length] ?? '' }, group, given);
      return given;
    });
  };

  /** Users come once there was somebody to answer them, and then stay. */
  const isOpen = (listenerArn: string): boolean => {
    if (elb.forwards(listenerArn, REQUEST).some((each) => isServed(elb, each))) open.add(listenerArn);
    return open.has(listenerArn);
  };

  return {
    serve: (requests, now) =>
      elb
        .listeners()
        .filter(isOpen)
        .flatMap((listenerArn) => serveOne(listenerArn, requests, now)),
    countHosts: (at) => {
      for (const listenerArn of elb.listeners())
        for (const { targetGroupArn: arn } of elb.forwards(listenerArn, REQUEST))
          publisher.hosts(elb.loadBalancerOf(listenerArn), arn, elb.counts(arn), at);
    },
    failAll: (share) => {
      failing = share;
    },
    hangAll: () => {
      hanging = true;
    },
  };
}

const isServed = (elb: Routing, { targetGroupArn, weight }: Forward): boolean =>
  weight > 0 && elb.counts(targetGroupArn).healthy > 0;

function pick<T>(items: readonly T[], chance: Random): T | undefined {
  return items[Math.floor(chance.next() * items.length)];
}
