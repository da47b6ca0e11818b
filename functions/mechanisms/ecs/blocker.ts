/** What prevents a new deployment of a revision. */
export interface Blocker {
  /** Why it cannot be deployed again, or null if there is no blocker. */
  readonly reason: string | null;
  /** What could not be checked. */
  readonly doubts: readonly string[];
  /** Why a new deployment may bring another revision than this one, or null: a person decides. */
  readonly mayDiffer: string | null;
}
