import { isComplete, type Side } from './sides.ts';

/** Checks that no stage moves requests to a deployment without the variables for which it was written. */
export class Moves {
  readonly #known = new Map<string, ReadonlyMap<string, number>>();
  readonly #violations: string[] = [];

  /** Checks the sides of one stage. Call it at every look; `now`: milliseconds since the epoch. */
  look(now: number, stage: string, sides: readonly Side[]): void {
    const before = this.#known.get(stage);
    const lame = sides.filter((side) => !isComplete(side));
    this.#known.set(stage, new Map(lame.map(({ deployment: { id }, share }) => [id, share])));
    if (before === undefined) return;
    for (const { deployment, share } of lame)
      if (share > (before.get(deployment.id) ?? 0))
        this.#violations.push(
          `${new Date(now).toISOString()} ${stage} moved ${share * 100} % of its requests to deployment ${deployment.id}, without its variables`,
        );
  }

  violations(): readonly string[] {
    return [...this.#violations];
  }
}
