import { UnsupportedTarget } from '../../src/rollback/errors.ts';
import type { Reconciler } from '../../src/targets/kind.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { kinds } from './kinds.ts';

export interface Kinds {
  /** By name. */
  readonly all: ReadonlyMap<string, Reconciler>;
  /** @throws UnsupportedTarget */
  readonly named: (name: string) => Reconciler;
}

/** Binds the kinds to their clients. */
export function createKinds(surroundings: Surroundings): Kinds {
  const created = new Map(Object.entries(kinds).map(([name, create]) => [name, create(surroundings)]));
  return {
    all: created,
    named: (name) => {
      const kind = created.get(name);
      if (kind === undefined) throw new UnsupportedTarget(`the sweep knows no targets of the kind ${name}`);
      return kind;
    },
  };
}
