import type { Forward } from '../elb/forward.ts';
import type { HttpRequest, Routing } from '../elb/routing.ts';
import type { Random } from '../random.ts';
import type { Backends } from '../seams.ts';
import { createAnswering, NOBODY } from './answering.ts';
import type { Moves } from './moves.ts';
import type { Answers, Publisher } from './publisher.ts';
import { Sessions } from './sessions.ts';

/** What every user asks for. */
const REQUEST: HttpRequest = { host: 'www.example.com', path: '/' };

export interface Serving {
  /** Answers so many requests on each listener that is open. */
  serve(requests: number, now: string): readonly Answers[];
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
  const answering = createAnswering(backends, chance);

  const serveOne = (listenerArn: string, requests: number, now: string): readonly Answers[] => {
    const forwards = elb.forwards(listenerArn, REQUEST);
    moves.look(now, listenerArn, forwards, (arn) => elb.counts(arn));
    if (forwards.length === 0) return [];
    const loadBalancer = elb.loadBalancerOf(listenerArn);
    const behaviours = new Map(
      forwards.map(({ targetGroupArn: arn }) => [arn, answering.behavioursOf(elb.eligible(arn))]),
    );
    const sticky = elb.stickySeconds(listenerArn, REQUEST);
    const zones = elb.zonesOf(listenerArn);
    return zones.flatMap((zone, index) => {
      const count = Math.floor(requests / zones.length) + (index < requests % zones.length ? 1 : 0);
      const groups = sessions.deal(listenerArn, forwards, { sticky, now: Date.parse(now), count });
      return [...groups].flatMap(([group, many]) => {
        const answers = answering.answers(behaviours.get(group ?? '') ?? NOBODY, many);
        for (const each of answers) publisher.count({ loadBalancer, zone }, group, each);
        return answers;
      });
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
    failAll: (share) => answering.failAll(share),
    hangAll: () => answering.hangAll(),
  };
}

const isServed = (elb: Routing, { targetGroupArn, weight }: Forward): boolean =>
  weight > 0 && elb.counts(targetGroupArn).healthy > 0;
