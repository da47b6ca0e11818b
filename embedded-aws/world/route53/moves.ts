import type { ResourceRecordSet } from '@aws-sdk/client-route-53';

/** Watches that weights never move answers to what does not answer while something else does. */
export class Moves {
  readonly #known = new Map<string, ReadonlyMap<string, number>>();
  readonly #violations: string[] = [];

  /** To be called with every look at the records of one name; `now` is an ISO time. */
  look(
    now: string,
    name: string,
    records: readonly ResourceRecordSet[],
    isServing: (record: ResourceRecordSet) => boolean,
  ): void {
    const before = this.#known.get(name);
    const after = new Map(records.map((record) => [record.SetIdentifier ?? '', record.Weight ?? 0]));
    this.#known.set(name, after);
    if (before === undefined) return;
    if (!records.some(isServing)) return;
    for (const record of records.filter((each) => !isServing(each))) {
      const id = record.SetIdentifier ?? '';
      if (shareOf(after, id) > shareOf(before, id))
        this.#violations.push(
          `${now} ${name} moved ${percent(shareOf(after, id))} to ${id}, which does not answer`,
        );
    }
  }

  violations(): readonly string[] {
    return [...this.#violations];
  }
}

/** Where every weight is 0, all get the same. */
function shareOf(weights: ReadonlyMap<string, number>, id: string): number {
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return sum === 0 ? 1 / weights.size : (weights.get(id) ?? 0) / sum;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
