import type { ReadPause } from '../../src/aws/pause.ts';
import type { Detail } from '../../src/events/details.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { saidPause } from '../../src/lambda/said-pause.ts';
import type { Storm, Storms } from '../../src/ledger/storms.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { Member } from '../../src/rollback/storm/member.ts';
import { summaryOf, type Summarised } from '../../src/rollback/storm/summary.ts';

type Shown = Detail<'Rollback Storm Updated'>;

export interface Publishing {
  readonly storms: Pick<Storms, 'read' | 'show'>;
  readonly emitter: Emitter;
  readonly readPause: ReadPause;
}

/** The listed members, and the digest of their list, where there are any. */
export interface Asked {
  readonly listed: readonly Member[];
  readonly digest?: string;
}

/** Publishes a summary that says something new. */
export async function publish(
  storm: Storm,
  { digest, listed, ...looked }: Pick<Summarised, 'members' | 'isOver' | 'isGathering'> & Asked,
  { storms, emitter, readPause }: Publishing,
  at: Instant,
): Promise<void> {
  const { id, since } = storm;
  const { answers, shown } = (await storms.read(id)) ?? storm;
  const answer = answers.at(-1) ?? null;
  // Its list may have been answered during this look.
  const isAnswered = answer !== null && answer.list === digest;
  const current = isAnswered ? undefined : digest;
  const summary = summaryOf({ since, ...looked, listed: isAnswered ? [] : listed, answer });
  const paused = summary.state === 'ended' ? {} : await saidPause(readPause);
  const detail = toDetail({ storm: id, since, at, ...paused }, summary, current);
  if (shown !== undefined && isSame(shown as Shown, detail)) return;
  await emitter.emit('Rollback Storm Updated', detail);
  await storms.show(id, detail, current);
}

function toDetail(
  of: Pick<Shown, 'storm' | 'since' | 'at' | 'paused'>,
  { answer, examples, dirty, ...summary }: ReturnType<typeof summaryOf>,
  list: string | undefined,
): Shown {
  return {
    version: '1',
    ...of,
    ...summary,
    ...(answer !== undefined && { answer: answerOf(answer) }),
    ...(list !== undefined && { list }),
    examples: [...examples],
    dirty: [...dirty],
  };
}

function answerOf({
  choice,
  by,
  at,
  list,
  targets,
  leftOut,
}: NonNullable<ReturnType<typeof summaryOf>['answer']>) {
  return { choice, by, at, list, targets, leftOut };
}

function isSame(one: Shown, other: Shown): boolean {
  return contentOf(one) === contentOf(other);
}

/** The table returns the members of a map in another order. */
function contentOf({ at: _, ...detail }: Shown): string {
  return JSON.stringify(detail, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([key], [other]) => (key < other ? -1 : 1)))
      : value,
  );
}
