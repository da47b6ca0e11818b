import type { ResourceRecordSet } from '@aws-sdk/client-route-53';

/** Checks that weights never move answers to an endpoint that is down while another is up. */
export class Moves {
  readonly #known = new Map<string, ReadonlyMap<string, number>>();
  readonly #violations: string[] = [];

  /** Checks the records of one name. Call it at every look; `now`: milliseconds since the epoch. */
  look(
    now: number,
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
          `${new Date(now).toISOString()} ${name} moved ${percent(shareOf(after, id))} to ${id}, which does not answer`,
        );
    }
  }

  violations(): readonly string[] {
    return [...this.#violations];
  }
}

/** Returns each share. If every weight is 0, all are equal. */
function shareOf(weights: ReadonlyMap<string, number>, id: string): number {
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return sum === 0 ? 1 / weights.size : (weights.get(id) ?? 0) / sum;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
