import type { Alias, UserFunction } from './model.ts';

/** States in which a version answers, or wakes on invocation. */
const INVOCABLE: readonly string[] = ['Active', 'Inactive', 'Pending'];

/** Checks that no alias moves invocations to a version that can never answer them. */
export class Moves {
  readonly #known = new Map<string, ReadonlyMap<string, number>>();
  readonly #violations: string[] = [];

  /** Checks an alias. Call it at every look; `now`: milliseconds since the epoch. */
  look(now: number, of: UserFunction, alias: Alias): void {
    const key = `${of.name}:${alias.name}`;
    const before = this.#known.get(key);
    const after = shares(alias);
    this.#known.set(key, after);
    if (before === undefined) return;
    for (const [version, share] of after) {
      const state = of.versions.get(version)?.state ?? 'gone';
      if (share <= (before.get(version) ?? 0) || INVOCABLE.includes(state)) continue;
      this.#violations.push(
        `${new Date(now).toISOString()} ${key} moved ${share * 100} % of its invocations to version ${version}: ${state}`,
      );
    }
  }

  violations(): readonly string[] {
    return [...this.#violations];
  }
}

/** Returns each version's share, 0 to 1. */
function shares({ version, weights }: Alias): ReadonlyMap<string, number> {
  const others = Object.entries(weights);
  const rest = 1 - others.reduce((sum, [, weight]) => sum + weight, 0);
  return new Map([[version, rest], ...others]);
}
