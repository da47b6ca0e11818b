import { UnsupportedTarget } from '../../src/rollback/errors.ts';
import type { SweptKind } from './kind.ts';
import { kinds } from './kinds.ts';

/** Binds the kinds to their clients; answers by the name of the kind. */
export function createKinds(): (name: string) => SweptKind {
  const created = new Map(Object.entries(kinds).map(([name, create]) => [name, create()]));
  return (name) => {
    const kind = created.get(name);
    if (kind === undefined)
      throw new UnsupportedTarget(`the sweep does not know targets of the kind ${name}`);
    return kind;
  };
}
