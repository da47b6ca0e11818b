import type { Instant } from '../../../src/rollback/request.ts';
import { behindIn, compare, type Behind } from './behind.ts';
import { isSame, readWeight, sharesOf, weightIn, writeWeight, type Weights } from './weights.ts';

/** A stretch of time with one set of weights and the same behind each record. */
export interface Run {
  readonly weights: Weights;
  /** Of the records that answer. A missing one is unknown. */
  readonly behind: Behind;
  /** When it was first observed. */
  readonly since: Instant;
  /** The sight before that, at which the weights or what is behind them were others. Absent: unknown. */
  readonly notBefore?: Instant;
}

/** Writes the id of the revision and of its deployment: `blue=255@1f0c22ab green=0 since 2026-11-22T03:04:00.000Z`. */
export function writeRun(run: Run): string {
  const answers = serving(run);
  const parts = Object.keys(run.weights).map((id) => {
    const stands = answers.includes(id) ? behindIn(run.behind, id) : undefined;
    return `${writeWeight(id, weightIn(run.weights, id))}${stands === undefined ? '' : `@${stands}`}`;
  });
  return `${parts.toSorted().join(' ')} since ${run.since}`;
}

export function readRun(text: string): Run | null {
  const [, written = '', since = ''] = /^(.+) since (\S+)$/.exec(text) ?? [];
  const parts = written.split(' ').map(readPart);
  const found = parts.flatMap((part) => part ?? []);
  const weights = Object.fromEntries(found.map(({ id, weight }) => [id, weight]));
  const isWhole = found.length === parts.length && Object.keys(weights).length === parts.length;
  if (!isWhole || Number.isNaN(Date.parse(since))) return null;
  const behind = found.flatMap(({ id, stands }) => (stands === undefined ? [] : [[id, stands] as const]));
  return { weights, behind: Object.fromEntries(behind), since };
}

function readPart(text: string) {
  const [, written = '', stands] = /^([^@]+)(?:@([0-9a-f]{8}(?:\.[0-9a-f]{12})?))?$/.exec(text) ?? [];
  const found = readWeight(written);
  return found === null ? null : { ...found, ...(stands !== undefined && { stands }) };
}

type Known = Omit<Run, 'since' | 'notBefore'>;

/** Returns whether the weights are equal, and no record is known to have had something else behind it. */
export function mayBeSame(one: Known, other: Known): boolean {
  return isSame(one.weights, other.weights) && serving(one).every((id) => mayStandBehind(id, one, other));
}

/** Returns whether a record is not known to have had something else behind it. */
export function mayStandBehind(id: string, one: Known, other: Known): boolean {
  return ['same', 'unknown'].includes(compare(behindIn(one.behind, id), behindIn(other.behind, id)));
}

/** Returns whether `other` has equal weights and says at least as much about each record. */
export function isSaidBy(run: Known, other: Known): boolean {
  const saysNoMore = (id: string) =>
    (behindIn(other.behind, id) ?? '').startsWith(behindIn(run.behind, id) ?? '');
  return mayBeSame(run, other) && serving(run).every(saysNoMore);
}

/** Returns the set identifiers of the records that answer. */
export function serving({ weights }: Pick<Run, 'weights'>): readonly string[] {
  const shares = sharesOf(weights);
  return Object.keys(shares).filter((id) => weightIn(shares, id) > 0);
}

/** Returns equal text for equal answers: equal proportions, and the same behind each record that answers. */
export function contentOf(run: Run): string {
  return Object.entries(sidesOf(run))
    .map(([side, share]) => `${side}=${share}`)
    .toSorted()
    .join(' ');
}

/** Returns the share of each side that answers. The key includes what is behind the record. */
export function sidesOf(run: Run): Readonly<Record<string, number>> {
  const shares = sharesOf(run.weights);
  return Object.fromEntries(
    serving(run).map((id) => [
      `${encodeURIComponent(id)}@${behindIn(run.behind, id) ?? ''}`,
      weightIn(shares, id),
    ]),
  );
}

/** Returns the set identifier in the key of a side. */
export function identifierIn(side: string): string {
  return decodeURIComponent(side.slice(0, side.lastIndexOf('@')));
}
