import type { Forward } from '../elb/forward.ts';
import type { HttpRequest, Routing } from '../elb/routing.ts';
import type { Random } from '../random.ts';
import type { Backends, TargetId } from '../seams.ts';
import { createAnswering, NO_BEHAVIOURS } from './answering.ts';
import type { Moves } from './moves.ts';
import type { Answers, Node, Publisher } from './publisher.ts';
import { choiceOf, Sessions, type Choice } from './sessions.ts';

/** Every user's request. */
const REQUEST: HttpRequest = { host: 'www.example.com', path: '/' };

export interface Serving {
  /** Sends this many requests to each open listener. `now`: milliseconds since the epoch. */
  serve(requests: number, now: number): readonly Answers[];
  /** Measures the number of healthy targets of each group. */
  countHosts(at: number): void;
  /** Makes this share of requests fail on every target from now on. */
  failAll(share: number): void;
  /** Makes every target hang until the load balancer times out. */
  hangAll(): void;
}

/** The route of a listener's requests, until something changes. */
interface Course {
  readonly nodes: readonly Node[];
  readonly forwards: readonly Forward[];
  readonly choice: Choice;
  /** The eligible targets by target group. */
  readonly eligible: ReadonlyMap<string, readonly TargetId[]>;
}

interface Parties {
  readonly elb: Routing;
  readonly backends: Backends;
  readonly publisher: Publisher;
  readonly moves: Moves;
  readonly chance: Random;
}

/**
 * Creates the serving: routes requests as an Application Load Balancer does, and answers them by the targets' images.
 *
 * - A group gets its weight's share: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 * - A group without targets answers 503, and a target that does not answer makes a 502. A target that accepts the
 *   connection and is silent for the idle timeout makes a 504:
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 *   Assumed, as the page does not say: a forward without any weight above zero also answers 503.
 * - Each node of the load balancer gets an equal share of the requests, and sends them to targets in every zone:
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
export function createServing({ elb, backends, publisher, moves, chance }: Parties): Serving {
  const open = new Set<string>();
  /** The last course of each listener's requests. */
  const taken = new Map<string, Course>();
  const sessions = new Sessions(chance);
  const answering = createAnswering(backends, chance);

  const courseOf = elb.changes.remembering((listenerArn: string): Course => {
    const forwards = elb.forwards(listenerArn, REQUEST);
    const loadBalancer = elb.loadBalancerOf(listenerArn);
    return {
      nodes: elb.zonesOf(listenerArn).map((zone) => ({ loadBalancer, zone })),
      forwards,
      choice: choiceOf(forwards, elb.stickySeconds(listenerArn, REQUEST)),
      eligible: new Map(forwards.map(({ targetGroupArn: arn }) => [arn, elb.eligible(arn)])),
    };
  });

  const serveOne = (listenerArn: string, requests: number, now: number): readonly Answers[] => {
    const course = courseOf(listenerArn);
    const { nodes, forwards, choice, eligible } = course;
    if (taken.get(listenerArn) !== course)
      moves.look(new Date(now).toISOString(), listenerArn, forwards, (arn) => elb.counts(arn));
    taken.set(listenerArn, course);
    if (forwards.length === 0) return [];
    const behaviours = new Map(
      choice.groups.map((arn) => [arn, answering.behavioursOf(eligible.get(arn) ?? [])]),
    );
    const all: Answers[] = [];
    for (const [index, node] of nodes.entries()) {
      const count = Math.floor(requests / nodes.length) + (index < requests % nodes.length ? 1 : 0);
      for (const [group, many] of sessions.deal(listenerArn, choice, now, count)) {
        const answers = answering.answers(behaviours.get(group ?? '') ?? NO_BEHAVIOURS, many);
        for (const each of answers) publisher.count(node, group, each);
        all.push(...answers);
      }
    }
    return all;
  };

  /** Users arrive once a target has answered, and then stay. */
  const isOpen = (listenerArn: string): boolean => {
    if (open.has(listenerArn)) return true;
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
