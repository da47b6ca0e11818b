import { shares, type Forward } from '../elb/forwards.ts';
import type { Random } from '../random.ts';

/** Number of returning users of each listener. */
const USERS = 200;

interface Session {
  readonly group: string;
  readonly until: number;
}

/** The candidate groups of a request. */
export interface Choice {
  /** Groups that get new users, with their shares. */
  readonly groups: readonly string[];
  readonly shares: readonly number[];
  /** Groups whose users may return. */
  readonly known: ReadonlySet<string>;
  /** Seconds for which users return; null if stickiness is off. */
  readonly stickySeconds: number | null;
}

export function choiceOf(forwards: readonly Forward[], stickySeconds: number | null): Choice {
  const chosen = [...shares(forwards)].filter(([, share]) => share > 0);
  return {
    groups: chosen.map(([arn]) => arn),
    shares: chosen.map(([, share]) => share),
    known: new Set(forwards.map(({ targetGroupArn }) => targetGroupArn)),
    stickySeconds,
  };
}

/**
 * Chooses a request's group by the weights. With target group stickiness, the user's cookie decides while the action
 * knows its group, whatever the weight.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html
 * https://repost.aws/questions/QUugYm4uzWSI2af5mnmMjlZQ/alb-to-automatically-redirect-traffic
 */
export class Sessions {
  readonly #chance: Random;
  readonly #sessions = new Map<string, Session>();

  constructor(chance: Random) {
    this.#chance = chance;
  }

  /** Divides requests among the groups; null if there is no group. `now`: milliseconds since the epoch. */
  deal(listenerArn: string, choice: Choice, now: number, count: number): ReadonlyMap<string | null, number> {
    if (choice.stickySeconds === null) return dealByShare(choice, this.#chance, count);
    const dealt = new Map<string | null, number>();
    for (let request = 0; request < count; request++) {
      const group = this.#pick(listenerArn, choice, choice.stickySeconds, now);
      dealt.set(group, (dealt.get(group) ?? 0) + 1);
    }
    return dealt;
  }

  #pick(listenerArn: string, choice: Choice, stickySeconds: number, now: number): string | null {
    const user = `${listenerArn} ${Math.floor(this.#chance.next() * USERS)}`;
    const session = this.#sessions.get(user);
    if (session !== undefined && session.until > now && choice.known.has(session.group)) return session.group;
    const [group = null] = dealByShare(choice, this.#chance, 1).keys();
    if (group !== null) this.#sessions.set(user, { group, until: now + stickySeconds * 1000 });
    return group;
  }
}

/** Divides the requests of new users among the groups; null if there is no group. */
export function dealByShare(
  { groups, shares: weights }: Choice,
  chance: Random,
  count: number,
): ReadonlyMap<string | null, number> {
  if (groups.length === 0) return new Map([[null, count]]);
  const dealt = new Map<string, number>();
  for (const [index, many] of chance.deal(count, weights).entries())
    if (many > 0) dealt.set(groups[index] ?? '', many);
  return dealt;
}
