import type { Forward } from '../elb/forwards.ts';
import type { HttpRequest, Routing, Servers } from '../elb/routing.ts';
import type { Random } from '../random.ts';
import type { Backends } from '../seams.ts';
import { createAnswering, NO_BEHAVIOURS } from './answering.ts';
import type { Moves } from './moves.ts';
import type { Answers, Node, Publisher } from './publisher.ts';
import { choiceOf, Sessions, type Choice } from './sessions.ts';

/** Every user's request, unless the world says otherwise. */
const REQUEST: HttpRequest = { host: 'www.example.com', path: '/' };
const ONE = [REQUEST];

/** Returns the requests that users send to a listener, each as often as the others. The list must not change. */
export type RequestsAt = (listenerArn: string) => readonly HttpRequest[];

/** The users of one listener who send the same request. */
interface Stream {
  readonly name: string;
  readonly listenerArn: string;
  readonly request: HttpRequest;
}

export interface Serving {
  /** Sends this many requests to each open listener. `now`: milliseconds since the epoch. */
  serve(requests: number, now: number): readonly Answers[];
  /** Measures the number of healthy targets of each group. */
  countHosts(at: number): void;
  /** Makes this share of requests fail on every target from now on. */
  failAll(share: number): void;
  /** Makes this share of answers of every target take at least so many seconds from now on. */
  slowAll(share: number, seconds: number): void;
  /** Makes every target hang until the load balancer times out. */
  hangAll(): void;
}

/** The route of a stream's requests, until a rule changes. */
interface Course {
  readonly nodes: readonly Node[];
  readonly forwards: readonly Forward[];
  readonly choice: Choice;
}

/** A course and the servers of its groups, until something of them changes. */
interface Taken {
  readonly course: Course;
  readonly servers: readonly Servers[];
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
export function createServing(
  { elb, backends, publisher, moves, chance }: Parties,
  requestsAt: RequestsAt = () => ONE,
): Serving {
  const open = new Set<Stream>();
  const sessions = new Sessions(chance);
  const answering = createAnswering(backends, chance);
  const streamsAt = createStreams(requestsAt);

  const courseOf = elb.routes.remembering(({ listenerArn, request }: Stream): Course => {
    const forwards = elb.forwards(listenerArn, request);
    const loadBalancer = elb.loadBalancerOf(listenerArn);
    return {
      nodes: elb.zonesOf(listenerArn).map((zone) => ({ loadBalancer, zone })),
      forwards,
      choice: choiceOf(forwards, elb.stickySeconds(listenerArn, request)),
    };
  });

  const follow = createFollower(elb, moves);

  const serveOne = (stream: Stream, requests: number, now: number): readonly Answers[] => {
    const course = courseOf(stream);
    const { nodes, forwards, choice } = course;
    follow(stream, course, now);
    if (forwards.length === 0) return [];
    const behaviours = new Map(
      choice.groups.map((arn) => [arn, answering.behavioursOf(elb.servers(arn).eligible)]),
    );
    const all: Answers[] = [];
    for (const [index, node] of nodes.entries()) {
      const count = Math.floor(requests / nodes.length) + (index < requests % nodes.length ? 1 : 0);
      for (const [group, many] of sessions.deal(stream.name, choice, now, count)) {
        const answers = answering.answers(behaviours.get(group ?? '') ?? NO_BEHAVIOURS, many);
        for (const each of answers) publisher.count(node, group, each);
        all.push(...answers);
      }
    }
    return all;
  };

  /** Users arrive once a target has answered, and then stay. */
  const isOpen = (stream: Stream): boolean => {
    if (open.has(stream)) return true;
    if (courseOf(stream).forwards.some((each) => isServed(elb, each))) open.add(stream);
    return open.has(stream);
  };

  return {
    serve: (requests, now) =>
      elb
        .listeners()
        .flatMap(streamsAt)
        .filter(isOpen)
        .flatMap((stream) => serveOne(stream, requests, now)),
    countHosts: (at) => {
      for (const stream of elb.listeners().flatMap(streamsAt))
        for (const { targetGroupArn: arn } of courseOf(stream).forwards)
          publisher.hosts(elb.loadBalancerOf(stream.listenerArn), arn, elb.counts(arn), at);
    },
    failAll: (share) => answering.failAll(share),
    slowAll: (share, seconds) => answering.slowAll(share, seconds),
    hangAll: () => answering.hangAll(),
  };
}

/** Returns the function that looks at the moves of a stream whose course or servers changed. `now`: as of serve. */
function createFollower(elb: Routing, moves: Moves): (stream: Stream, course: Course, now: number) => void {
  const taken = new Map<Stream, Taken>();
  return (stream, course, now) => {
    const { forwards } = course;
    const before = taken.get(stream);
    const isSame =
      before?.course === course &&
      forwards.every(({ targetGroupArn: arn }, place) => before.servers[place] === elb.servers(arn));
    if (isSame) return;
    moves.look(new Date(now).toISOString(), stream.name, forwards, (arn) => elb.counts(arn));
    taken.set(stream, { course, servers: forwards.map(({ targetGroupArn: arn }) => elb.servers(arn)) });
  };
}

/** Returns the function that finds the streams of a listener: the same objects each time. */
function createStreams(requestsAt: RequestsAt): (listenerArn: string) => readonly Stream[] {
  const known = new Map<string, readonly Stream[]>();
  return (listenerArn) => {
    const requests = requestsAt(listenerArn);
    const before = known.get(listenerArn);
    if (before?.length === requests.length) return before;
    const streams = requests.map((request, place) => before?.[place] ?? streamOf(listenerArn, request));
    known.set(listenerArn, streams);
    return streams;
  };
}

function streamOf(listenerArn: string, request: HttpRequest): Stream {
  return { name: `${listenerArn} ${request.host}${request.path}`, listenerArn, request };
}

const isServed = (elb: Routing, { targetGroupArn, weight }: Forward): boolean =>
  weight > 0 && elb.counts(targetGroupArn).healthy > 0;
