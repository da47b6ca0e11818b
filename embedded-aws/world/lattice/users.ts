import type { Surroundings } from '../aws.ts';
import type { Random } from '../random.ts';
import type { Backends, Metrics } from '../seams.ts';
import type { Answers } from '../traffic/publisher.ts';
import { Moves } from '../traffic/moves.ts';
import type { Users } from '../traffic/users.ts';
import type { HealthChecker } from './health.ts';
import { Minutes } from './minutes.ts';
import { servingIn } from './serving.ts';
import { groupsOf, isReached, rulesOf, type LatticeState, type Rule, type TargetGroup } from './state.ts';

interface Parties {
  readonly state: LatticeState;
  readonly health: HealthChecker;
  readonly backends: () => Backends;
  readonly metrics: Metrics;
}

/**
 * Creates the clients of the services. They are in a VPC of the service's network. Those of a listener use all of its
 * rules that forward, evenly. Requests come once a rule has a target that can answer, and go to healthy targets only.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html
 */
export function createLatticeUsers(
  { clock, random }: Pick<Surroundings, 'clock' | 'random'>,
  { state, health, backends, metrics }: Parties,
): Users {
  const chance = random('lattice/users');
  const minutes = new Minutes(clock, metrics);
  const moves = new Moves();
  const begun = new Set<string>();
  let failing = 0;

  const serving = servingIn(state, health);

  const ask = (group: TargetGroup | undefined, requests: number): readonly Answers[] => {
    const targets = serving.eligible(group);
    if (targets.length === 0) return [{ status: 503, targetSeconds: null, count: requests }];
    return targets.flatMap((target, index) => {
      const count = Math.floor((requests + targets.length - 1 - index) / targets.length);
      return answersOf(backends().answers(target), failing, chance, count);
    });
  };

  const visit = (rule: Rule, requests: number, at: number): readonly Answers[] =>
    deal(rule, chance, requests).flatMap(([identifier, count]) => {
      const group = serving.groupOf(identifier);
      const answers = ask(group, count);
      minutes.count(at, { Service: rule.listener.service.id }, answers);
      if (group !== undefined) minutes.count(at, { TargetGroup: group.id }, answers);
      return answers;
    });

  const isUsed = (rule: Rule): boolean => {
    if (!begun.has(rule.id) && !serving.canServe(rule)) return false;
    begun.add(rule.id);
    return groupsOf(rule.spread).length > 0;
  };

  return {
    serve: (requests, at) =>
      [...state.listeners.values()].flatMap((listener) => {
        if (!isReached(state, listener.service)) return [];
        const rules = rulesOf(state, listener).filter(isUsed);
        for (const { arn, action } of rules)
          moves.look(clock.now(), arn, serving.forwards(action), serving.counts);
        return rules.flatMap((rule, index) =>
          visit(rule, Math.floor((requests + rules.length - 1 - index) / rules.length), at),
        );
      }),
    violations: () => moves.violations(),
    failAll: (share) => {
      failing = share;
    },
  };
}

/** Divides requests by weight. Assumed: nothing is forwarded where every weight is 0. Unknown: lattice-all-zero. */
function deal(
  rule: Rule,
  chance: Random,
  requests: number,
): readonly (readonly [group: string | undefined, count: number])[] {
  const groups = groupsOf(rule.spread).filter(({ weight = 0 }) => weight > 0);
  if (groups.length === 0) return [[undefined, requests]];
  let [left, sum] = [requests, groups.reduce((total, { weight = 0 }) => total + weight, 0)];
  return groups.flatMap(({ targetGroupIdentifier, weight = 0 }) => {
    const count = chance.binomial(left, weight / sum);
    left -= count;
    sum -= weight;
    return count === 0 ? [] : [[targetGroupIdentifier, count] as const];
  });
}

function answersOf(
  behaviour: ReturnType<Backends['answers']>,
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
