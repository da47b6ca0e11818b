import type { Random } from '../random.ts';
import type { Backends, Behaviour, TargetId } from '../seams.ts';
import type { Answers } from './publisher.ts';

/** The default of `idle_timeout.timeout_seconds`. Users here wait for it no longer than for any other answer. */
export const IDLE_TIMEOUT_SECONDS = 60;

/** The targets' behaviours, with the number of targets of each. Null: they do not answer. */
export type Behaviours = ReadonlyMap<Behaviour | null, number>;

export const NO_BEHAVIOURS: Behaviours = new Map();

/** Answers requests by the targets' behaviour, many at once. */
export interface Answering {
  behavioursOf(targets: readonly TargetId[]): Behaviours;
  /** Sends each request to a random target. */
  answers(behaviours: Behaviours, count: number, chance: Random): readonly Answers[];
  /** Makes this share of requests fail on every target from now on. */
  failAll(share: number): void;
  /** Makes this share of answers of every target take at least so many seconds from now on. */
  slowAll(share: number, seconds: number): void;
  /** Makes every target hang until the load balancer times out. */
  hangAll(): void;
}

export function createAnswering(backends: Backends): Answering {
  let failing = 0;
  let slowed = { share: 0, seconds: 0 };
  let hanging = false;

  const answersOf = (behaviour: Behaviour | null, count: number, chance: Random): readonly Answers[] => {
    if (behaviour === null) return [{ status: 502, targetSeconds: null, count }];
    if (hanging || behaviour.latency >= IDLE_TIMEOUT_SECONDS)
      return [{ status: 504, targetSeconds: null, count }];
    const held = slowed.share === 0 ? 0 : chance.binomial(count, slowed.share);
    return [
      ...timed(behaviour, behaviour.latency, count - held, chance),
      ...timed(behaviour, Math.max(slowed.seconds, behaviour.latency), held, chance),
    ];
  };

  const timed = (
    { errorRate }: Behaviour,
    seconds: number,
    count: number,
    chance: Random,
  ): readonly Answers[] => {
    if (count === 0) return [];
    const failed = chance.binomial(count, Math.max(failing, errorRate));
    const answers: Answers[] = [
      { status: 500, targetSeconds: seconds, count: failed },
      { status: 200, targetSeconds: seconds, count: count - failed },
    ];
    return answers.filter((each) => each.count > 0);
  };

  return {
    behavioursOf: (targets) => {
      const found = new Map<Behaviour | null, number>();
      for (const target of targets) {
        const behaviour = backends.answers(target);
        found.set(behaviour, (found.get(behaviour) ?? 0) + 1);
      }
      return found;
    },
    answers: (behaviours, count, chance) => {
      if (behaviours.size === 0) return [{ status: 503, targetSeconds: null, count }];
      const dealt = chance.deal(count, [...behaviours.values()]);
      return [...behaviours.keys()].flatMap((behaviour, index) => {
        const many = dealt[index] ?? 0;
        return many === 0 ? [] : answersOf(behaviour, many, chance);
      });
    },
    failAll: (share) => {
      failing = share;
    },
    slowAll: (share, seconds) => {
      slowed = { share, seconds };
    },
    hangAll: () => {
      hanging = true;
    },
  };
}
