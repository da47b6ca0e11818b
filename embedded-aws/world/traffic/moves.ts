import { shares, type Forward } from '../elb/forward.ts';
import type { HostCounts } from '../elb/routing.ts';

const EPSILON = 1e-9;

/** What was seen of one group of a listener. */
interface Side {
  /** Of the traffic, 0 to 1. */
  readonly share: number;
  readonly registered: number;
}

/**
 * Watches that traffic never moves to what cannot carry it, and that what carries it is not scaled to zero.
 *
 * The fullest group of a forward, the one with the most healthy targets, is taken to be what the traffic needs. A group
 * can carry the share that its healthy targets are of the fullest group's; whenever a group's share of the weights grows
 * beyond that, while the fullest group is there to carry it, the move was a violation. So is it when the last target of a
 * group is taken away whose share is not zero. Weights that stay as they are violate nothing, even where targets fall ill.
 */
export class Moves {
  readonly #known = new Map<string, ReadonlyMap<string, Side>>();
  readonly #violations: string[] = [];

  /** To be called with every look at a listener; `now` is an ISO time. */
  look(
    now: string,
    listenerArn: string,
    forwards: readonly Forward[],
    counts: (arn: string) => HostCounts,
  ): void {
    const before = this.#known.get(listenerArn);
    const after = new Map(
      [...shares(forwards)].map(([arn, share]) => [arn, { share, ...counts(arn) }] as const),
    );
    this.#known.set(listenerArn, after);
    if (before === undefined) return;
    const fullest = Math.max(...[...after.values()].map(({ healthy }) => healthy));
    for (const [arn, side] of after) {
      const problem = overload(before.get(arn), side, fullest) ?? emptied(before.get(arn), side);
      if (problem !== null) this.#violations.push(`${now} ${problem(arn.split('/')[1] ?? arn)}`);
    }
  }

  violations(): readonly string[] {
    return [...this.#violations];
  }
}

/** What is wrong with one group, in words for its name. */
type Problem = (name: string) => string;

function overload(
  before: Side | undefined,
  { share, healthy }: Side & HostCounts,
  fullest: number,
): Problem | null {
  if (fullest === 0 || share <= (before?.share ?? 0) + EPSILON || share <= healthy / fullest + EPSILON)
    return null;
  return (name) =>
    `${percent(share)} of the traffic moved to ${name}, ${healthy} healthy of ${fullest} needed`;
}

function emptied(before: Side | undefined, { share, registered }: Side): Problem | null {
  if (share === 0 || registered > 0 || (before?.registered ?? 0) === 0) return null;
  return (name) => `${name} was scaled to zero with ${percent(share)} of the traffic`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
