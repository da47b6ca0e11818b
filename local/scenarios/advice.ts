import type { Rollback } from '../../src/rollback/document.ts';
import { rollbacksIn } from './rollbacks.ts';
import type { Stage } from './stage.ts';

/** Checks that the advice of the first or the last rollback has exactly these lines, in this order. */
export function advice(
  lines: readonly RegExp[],
  which: 'first' | 'last' = 'first',
): (stage: Stage) => string | null {
  return (stage) => {
    const execution = rollbacksIn(stage.runtime).at(which === 'first' ? 0 : -1);
    const { outcome } = (execution?.states.at(-1)?.input ?? {}) as Partial<Rollback>;
    const said = outcome?.advice ?? [];
    const fits = said.length === lines.length && lines.every((line, at) => line.test(said[at] ?? ''));
    return fits ? null : `the advice is ${said.join(' | ')}`;
  };
}

/** The first line of the advice where another deployment took over: it names no revision that should run. */
export const LOOK_ONLY = /^Check now which revision runs and which is rolling out\.$/;
