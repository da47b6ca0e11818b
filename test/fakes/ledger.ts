import type { Entry } from '../../src/ledger/ledger.ts';

/** Entries of one target as a mechanism reads them: newest first, as the real ledger answers. */
export class FakeEntries {
  readonly list: Entry[] = [];
  readonly #target: string;

  constructor(target: string) {
    this.#target = target;
  }

  prove(id: string, completedAt = '2026-11-22T00:00:00.000Z', content?: string): void {
    this.list.unshift({
      state: 'proven',
      target: this.#target,
      revision: { id, name: id, ...(content !== undefined && { content }) },
      completedAt,
      provenAt: completedAt,
      evidence: [],
    });
  }

  condemn(id: string, condemnedAt = '2026-11-22T02:00:00.000Z', content?: string): void {
    const entry = {
      target: this.#target,
      revision: { id, name: id, ...(content !== undefined && { content }) },
      condemnedAt,
      evidence: [],
      execution: 'arn:earlier',
    };
    this.list.unshift({ state: 'condemned', ...entry });
  }

  entries(): Promise<readonly Entry[]> {
    return Promise.resolve(this.list);
  }
}
