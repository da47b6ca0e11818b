import type { Instant } from '../rollback/request.ts';
import type { Material } from './material.ts';
import { othersIn } from './others.ts';
import { startSays } from './release.ts';
import { triggerName } from './spans.ts';
import type { Times } from './times.ts';

/** One numbered mark in the charts. */
export interface Mark {
  readonly number: number;
  readonly what: string;
  readonly at: Instant;
  /** Replaces the clock time where it is less exact. */
  readonly says?: string;
}

/** Returns the marks of the charts, in the order of time. */
export function marksOf({ document }: Material, times: Times): readonly Mark[] {
  if (document === null) return [];
  const { suspect, began, triggered, firstWrite, restored, proven } = times;
  const all: readonly (readonly [what: string, at: Instant | undefined, says?: string | undefined])[] = [
    [
      `Deployment of ${suspect?.revision.name ?? ''} began`,
      suspect?.startedAt,
      suspect && startSays(suspect),
    ],
    ['Harm began', began?.at, began?.says],
    [triggerName(document), triggered],
    ['First write of Lastgood', firstWrite],
    ['All signs healthy', restored],
    ['Health proven', proven],
    ...othersIn(document, times).map(({ what, from }) => [what, from] as const),
  ];
  return all
    .flatMap(([what, at, says]) =>
      at === undefined ? [] : [{ what, at, ...(says !== undefined && { says }) }],
    )
    .sort((one, other) => one.at.localeCompare(other.at))
    .map((mark, index) => ({ number: index + 1, ...mark }));
}
