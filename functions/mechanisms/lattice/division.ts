import type { Division } from '../../../src/ledger/divisions.ts';
import { isSaidBy, mayBeSame, readRun, writeRun, type Run } from './runs.ts';
import { isWhole, nameSplit, writeContent, type Names, type Split } from './split.ts';

/**
 * Describes how a listener or rule divides its traffic. Weights have no common divisor, so equal splits have equal
 * texts.
 */
export function divisionOf(names: Names): Division<Run> {
  const mayBe = (one: Run, other: Run) => mayBeSame(one.split, other.split);
  return {
    write: writeRun,
    read: readRun,
    nameOf: ({ split }) => nameSplit(split, names),
    contentOf: ({ split }) => writeContent(split),
    mayBeSame: mayBe,
    mayServeAlike: mayBe,
    isSaidBy: (run, other) => isSaidBy(run.split, other.split),
    isKnown: ({ split }) => split.every(({ behind }) => behind !== undefined),
    sidesOf: ({ split }) => ({ shares: sharesOf(split), isWhole: isWhole(split), isDone: isWhole(split) }),
  };
}

function sharesOf(split: Split): Readonly<Record<string, number>> {
  const sum = split.reduce((total, { weight }) => total + weight, 0);
  return Object.fromEntries(
    split.map(({ group, weight, behind = '' }) => [`${group}@${behind}`, weight / sum]),
  );
}

/** Returns the target group in the key of a side. */
export function groupIn(side: string): string {
  return side.slice(0, side.lastIndexOf('@'));
}
