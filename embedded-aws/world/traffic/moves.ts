import { shares, type Forward } from '../elb/forwards.ts';
import type { HostCounts } from '../elb/routing.ts';

const EPSILON = 1e-9;

/** The observation of one group of a listener. */
interface Side {
  /** Of the traffic, 0 to 1. */
  readonly share: number;
  readonly registered: number;
}

/**
 * Checks that traffic never moves to targets that cannot carry it, and that no serving group is scaled to zero.
 *
 * The fullest group of a forward, the one with the most healthy targets, defines the capacity that the traffic needs. A
 * group can carry a share equal to its healthy targets over the fullest group's. A move that raises a group's share of
 * the weights above that, while the fullest group could carry it, is a violation. So is removing the last target of a
 * group whose share is not zero. Unchanged weights violate nothing, even if targets become unhealthy.
 */
export class Moves {
  readonly #known = new Map<string, ReadonlyMap<string, Side>>();
  readonly #violations: string[] = [];

  /** Checks a listener. Call it at every look; `now`: milliseconds since the epoch. */
  look(
    now: number,
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
      if (problem !== null)
        this.#violations.push(`${new Date(now).toISOString()} ${problem(arn.split('/')[1] ?? arn)}`);
    }
  }

  violations(): readonly string[] {
    return [...this.#violations];
  }
}

/** Describes a group's problem, given its name. */
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
