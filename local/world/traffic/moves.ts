import { shares, type Forward } from '../elb/forward.ts';
import type { HostCounts } from '../elb/routing.ts';

const EPSILON = 1e-9;

/**
 * Watches that traffic never moves to what cannot carry it. The fullest group of a forward, the one with the most
 * healthy targets, is taken to be what the traffic needs. A group can carry the share that its healthy targets are of
 * the fullest group's; whenever a group's share of the weights grows beyond that, while the fullest group is there to
 * carry it, the move was a violation. Weights that stay as they are violate nothing, even where targets fall ill.
 */
export class Moves {
  readonly #known = new Map<string, ReadonlyMap<string, number>>();
  readonly #violations: string[] = [];

  /** To be called with every look at a listener; `now` is an ISO time. */
  look(
    now: string,
    listenerArn: string,
    forwards: readonly Forward[],
    counts: (arn: string) => HostCounts,
  ): void {
    const before = this.#known.get(listenerArn);
    const after = shares(forwards);
    this.#known.set(listenerArn, after);
    if (before === undefined) return;
    const fullest = Math.max(...[...after.keys()].map((arn) => counts(arn).healthy));
    if (fullest === 0) return;
    for (const [arn, share] of after) {
      const { healthy } = counts(arn);
      if (share <= (before.get(arn) ?? 0) + EPSILON || share <= healthy / fullest + EPSILON) continue;
      const name = arn.split('/')[1] ?? arn;
      this.#violations.push(
        `${now} ${percent(share)} of the traffic moved to ${name}, ${healthy} healthy of ${fullest} needed`,
      );
    }
  }

  violations(): readonly string[] {
    return [...this.#violations];
  }
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
