import { shares, type Forward } from '../elb/forward.ts';
import type { Random } from '../random.ts';

/** So many users come again and again to each listener. */
const USERS = 200;

interface Session {
  readonly group: string;
  readonly until: number;
}

/**
 * Which group a request goes to: by the weights, or, where target group stickiness is on, to the group that the user's
 * cookie names, as long as the action knows that group, whatever its weight.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html
 * https://repost.aws/questions/QUugYm4uzWSI2af5mnmMjlZQ/alb-to-automatically-redirect-traffic
 */
export class Sessions {
  readonly #chance: Random;
  readonly #sessions = new Map<string, Session>();

  constructor(chance: Random) {
    this.#chance = chance;
  }

  /** Deals requests out to the groups; null: there is no group to choose. `sticky` is null where stickiness is off. */
  deal(
    listenerArn: string,
    forwards: readonly Forward[],
    { sticky, now, count }: { readonly sticky: number | null; readonly now: number; readonly count: number },
  ): ReadonlyMap<string | null, number> {
    if (sticky === null) return dealByShare(forwards, this.#chance, count);
    const dealt = new Map<string | null, number>();
    for (let request = 0; request < count; request++) {
      const group = this.#pick(listenerArn, forwards, sticky, now);
      dealt.set(group, (dealt.get(group) ?? 0) + 1);
    }
    return dealt;
  }

  #pick(
    listenerArn: string,
    forwards: readonly Forward[],
    stickySeconds: number,
    now: number,
  ): string | null {
    const user = `${listenerArn} ${Math.floor(this.#chance.next() * USERS)}`;
    const session = this.#sessions.get(user);
    const isKnown = forwards.some(({ targetGroupArn }) => targetGroupArn === session?.group);
    if (session !== undefined && session.until > now && isKnown) return session.group;
    const [group = null] = dealByShare(forwards, this.#chance, 1).keys();
    if (group !== null) this.#sessions.set(user, { group, until: now + stickySeconds * 1000 });
    return group;
  }
}

function dealByShare(
  forwards: readonly Forward[],
  chance: Random,
  count: number,
): ReadonlyMap<string | null, number> {
  const groups = [...shares(forwards)].filter(([, share]) => share > 0);
  if (groups.length === 0) return new Map([[null, count]]);
  const dealt = chance.deal(
    count,
    groups.map(([, share]) => share),
  );
  return new Map(
    groups.map(([arn], index) => [arn, dealt[index] ?? 0] as const).filter(([, many]) => many > 0),
  );
}
