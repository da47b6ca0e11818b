import type { Instant } from '../../../src/rollback/request.ts';
import { behindIn, compare, type Behind } from './behind.ts';
import { isSame, readWeight, sharesOf, weightIn, writeWeight, type Weights } from './weights.ts';

/** A stretch of time with one set of weights and the same behind each record. */
export interface Run {
  readonly weights: Weights;
  /** Of the records that answer. One that is left out: not known. */
  readonly behind: Behind;
  /** When it was first seen. */
  readonly since: Instant;
}

/** `blue=255@1f0c22ab green=0 since 2026-11-22T03:04:00.000Z`: id of the revision, and of its deployment. */
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

type Known = Omit<Run, 'since'>;

/** Whether the weights are the same, and nothing shows that something else stood behind a record. */
export function mayBeSame(one: Known, other: Known): boolean {
  return isSame(one.weights, other.weights) && serving(one).every((id) => mayStandBehind(id, one, other));
}

/** Whether nothing shows that something else stood behind a record. */
export function mayStandBehind(id: string, one: Known, other: Known): boolean {
  return ['same', 'unknown'].includes(compare(behindIn(one.behind, id), behindIn(other.behind, id)));
}

/** Whether a run says no more than another of the same weights: of each record what stands behind it, or less. */
export function isSaidBy(run: Known, other: Known): boolean {
  const saysNoMore = (id: string) =>
    (behindIn(other.behind, id) ?? '').startsWith(behindIn(run.behind, id) ?? '');
  return mayBeSame(run, other) && serving(run).every(saysNoMore);
}

/** Set identifiers of the records that answer. */
export function serving({ weights }: Pick<Run, 'weights'>): readonly string[] {
  const shares = sharesOf(weights);
  return Object.keys(shares).filter((id) => weightIn(shares, id) > 0);
}

/** What the answers are, whatever the numbers: equal proportions, and the same behind each record that answers. */
export function contentOf(run: Run): string {
  return Object.entries(sidesOf(run))
    .map(([side, share]) => `${side}=${share}`)
    .toSorted()
    .join(' ');
}

/** The share of each side that answers. What stands behind it is part of its key. */
export function sidesOf(run: Run): Readonly<Record<string, number>> {
  const shares = sharesOf(run.weights);
  return Object.fromEntries(
    serving(run).map((id) => [
      `${encodeURIComponent(id)}@${behindIn(run.behind, id) ?? ''}`,
      weightIn(shares, id),
    ]),
  );
}

/** The set identifier in the key of a side. */
export function identifierIn(side: string): string {
  return decodeURIComponent(side.slice(0, side.lastIndexOf('@')));
}
