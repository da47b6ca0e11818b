import * as z from 'zod/mini';
import { words } from '../rollback/request.ts';
import { CHOICES, type StormAnswer } from '../rollback/storm/member.ts';
import { ignored, misfit, rejected, type Ignored, type Rejected } from './answer.ts';
import { readBusEvent } from './bus-event.ts';
import { toInstant } from './instant.ts';
import { problemOfSender } from './requested.ts';

/** The detail type with which a person or a tool answers the question of a storm, on the Lastgood bus. */
export const STORM_ANSWERED = 'Rollback Storm Answered';

/** Strict: a misspelt field must not become an answer to something else. */
const Detail = z.strictObject({
  /** Id of the storm. */
  storm: words(64),
  /** Digest of the list that the person has seen: `list` of `Rollback Storm Updated`. */
  list: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  choice: z.enum(CHOICES),
  answeredBy: z.optional(words(256)),
});

/** An answer to the list of a storm. */
export interface StormAnswered {
  readonly kind: 'storm-answer';
  readonly storm: string;
  readonly answer: StormAnswer;
}

/** Reads an event `Rollback Storm Answered`. Never throws. */
export function readStormAnswered(event: unknown): StormAnswered | Ignored | Rejected {
  const found = readBusEvent(event);
  if (found?.['detail-type'] !== STORM_ANSWERED) return ignored(`is not "${STORM_ANSWERED}"`);
  const detail = Detail.safeParse(found.detail);
  if (!detail.success) return misfit(detail.error, 'detail');
  const { storm, list, choice, answeredBy } = detail.data;
  const at = toInstant(found.time);
  const problem = problemOfSender(found, 'detail.answeredBy', answeredBy);
  if (problem !== null) return problem;
  if (at === null) return rejected('time', 'must be a time such as 2026-11-22T03:00:00Z');
  return { kind: 'storm-answer', storm, answer: { choice, by: answeredBy ?? found.source, at, list } };
}
