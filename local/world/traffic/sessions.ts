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

  /** `stickySeconds` is null where stickiness is off; null: there is no group to choose. */
  pick(
    listenerArn: string,
    forwards: readonly Forward[],
    stickySeconds: number | null,
    now: number,
  ): string | null {
    if (stickySeconds === null) return pickByShare(forwards, this.#chance);
    const user = `${listenerArn} ${Math.floor(this.#chance.next() * USERS)}`;
    const session = this.#sessions.get(user);
    const isKnown = forwards.some(({ targetGroupArn }) => targetGroupArn === session?.group);
    if (session !== undefined && session.until > now && isKnown) return session.group;
    const group = pickByShare(forwards, this.#chance);
    if (group !== null) this.#sessions.set(user, { group, until: now + stickySeconds * 1000 });
    return group;
  }
}

function pickByShare(forwards: readonly Forward[], chance: Random): string | null {
  const groups = [...shares(forwards)].filter(([, share]) => share > 0);
  let place = chance.next();
  for (const [arn, share] of groups) {
    if (place < share) return arn;
    place -= share;
  }
  return groups.at(-1)?.[0] ?? null;
}
