import type { Forward } from '../elb/forwards.ts';
import type { HttpRequest, Routing, Servers } from '../elb/routing.ts';
import type { Random } from '../random.ts';
import type { Backends } from '../seams.ts';
import { createAnswering, IDLE_TIMEOUT_SECONDS, NO_BEHAVIOURS, type Behaviours } from './answering.ts';
import type { Moves } from './moves.ts';
import type { Answer, Answers, Node, Publisher } from './publisher.ts';
import { choiceOf, dealByShare, Sessions, type Choice } from './sessions.ts';

/** Every user's request, unless the world says otherwise. */
export const USERS_REQUESTS: readonly HttpRequest[] = [{ host: 'www.example.com', path: '/' }];

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
  /** Sends one request of a client without cookies, over the node in a zone. It counts in the metrics as users' do. */
  visit(listenerArn: string, zone: string, request: HttpRequest, chance: Random): Visit;
  /** Measures the number of healthy targets of each group. */
  countHosts(at: number): void;
  /** Makes this share of requests fail on every target from now on. */
  failAll(share: number): void;
  /** Makes this share of answers of every target take at least so many seconds from now on. */
  slowAll(share: number, seconds: number): void;
  /** Makes every target hang until the load balancer times out. */
  hangAll(): void;
}

/** The answer to one request. */
export interface Visit {
  /** HTTP status. */
  readonly status: number;
  /** Virtual seconds until the answer; Infinity if none ever comes. */
  readonly seconds: number;
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
  requestsAt: RequestsAt = () => USERS_REQUESTS,
): Serving {
  const open = new Set<Stream>();
  const sessions = new Sessions(chance);
  const answering = createAnswering(backends);
  const streamsAt = createStreams(requestsAt);

  const courseOf = elb.routes.remembering((stream: Stream) => courseOn(elb, stream));

  const follow = createFollower(elb, moves);

  const behavioursIn = (group: string): Behaviours => answering.behavioursOf(elb.servers(group).eligible);

  const serveOne = (stream: Stream, requests: number, now: number): readonly Answers[] => {
    const course = courseOf(stream);
    const { nodes, forwards, choice } = course;
    follow(stream, course, now);
    if (forwards.length === 0) return [];
    const behaviours = new Map(choice.groups.map((arn) => [arn, behavioursIn(arn)]));
    const all: Answers[] = [];
    for (const [index, node] of nodes.entries()) {
      const count = Math.floor(requests / nodes.length) + (index < requests % nodes.length ? 1 : 0);
      for (const [group, many] of sessions.deal(stream.name, choice, now, count)) {
        const answers = answering.answers(behaviours.get(group ?? '') ?? NO_BEHAVIOURS, many, chance);
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
    visit: (listenerArn, zone, request, chance) => {
      const own = elb.ownAnswer(listenerArn, request);
      if (own !== null) return { status: own, seconds: 0 };
      const { choice } = courseOn(elb, { listenerArn, request });
      const [group = null] = dealByShare(choice, chance, 1).keys();
      const behaviours = group === null ? NO_BEHAVIOURS : behavioursIn(group);
      const [answer = UNSERVED] = answering.answers(behaviours, 1, chance);
      publisher.count({ loadBalancer: elb.loadBalancerOf(listenerArn), zone }, group, answer);
      return { status: answer.status, seconds: secondsOf(answer) };
    },
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

function courseOn(elb: Routing, { listenerArn, request }: Omit<Stream, 'name'>): Course {
  const forwards = elb.forwards(listenerArn, request);
  const loadBalancer = elb.loadBalancerOf(listenerArn);
  return {
    nodes: elb.zonesOf(listenerArn).map((zone) => ({ loadBalancer, zone })),
    forwards,
    choice: choiceOf(forwards, elb.stickySeconds(listenerArn, request)),
  };
}

const UNSERVED: Answers = { status: 503, targetSeconds: null, count: 1 };

/** Assumed: what the load balancer answers itself comes at once, except for a timeout. AWS gives no figure. */
function secondsOf({ status, targetSeconds }: Answer): number {
  return status === 504 ? IDLE_TIMEOUT_SECONDS : (targetSeconds ?? 0);
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
    moves.look(now, stream.name, forwards, (arn) => elb.counts(arn));
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
