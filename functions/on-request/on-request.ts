import type { Emitter } from '../../src/events/emit.ts';
import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import type { Ignored, Rejected } from '../../src/targets/answer.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';
import { onlyPast, onlyPastAnswer } from '../../src/targets/future.ts';
import { problemOfRequester, type Requesters } from '../../src/targets/requesters.ts';
import {
  FREEZE_REQUESTED,
  readFreezeRequested,
  UNFREEZE_REQUESTED,
  type FreezeRequested,
} from '../../src/targets/freeze-requested.ts';
import { readRequested, REQUESTED } from '../../src/targets/requested.ts';
import { readStormAnswered, STORM_ANSWERED, type StormAnswered } from '../../src/targets/storm-answered.ts';
import {
  readRollbackAnswered,
  ROLLBACK_ANSWERED,
  type RollbackAnswered,
} from '../../src/targets/rollback-answered.ts';
import { takeRollbackAnswer, type TakingHandovers } from './on-rollback-answered.ts';
import { takeFreeze, type TakingFreezes } from './on-freeze-requested.ts';
import { takeAnswer, type TakingAnswers } from './on-storm-answered.ts';

export interface OnRequest {
  readonly starter: Starter;
  readonly emitter: Emitter;
  readonly now: () => string;
  readonly requesters: Requesters;
  readonly answers: TakingAnswers;
  readonly freezes: TakingFreezes['freezes'];
  readonly handing: TakingHandovers;
}

type Answer = readonly Start[] | StormAnswered | RollbackAnswered | FreezeRequested | Ignored | Rejected;

/**
 * Starts the rollback that was requested on the bus, takes the answer to a storm or a handover, or freezes a target. Publishes a
 * rejection once, and does not throw it, because a retry would be rejected again.
 */
export function onRequest({
  starter,
  emitter,
  now,
  requesters,
  answers,
  freezes,
  handing,
}: OnRequest): (event: unknown) => Promise<Answer> {
  const reject = async (event: unknown, { field, problem }: Rejected) => {
    const { id: request = '', source = '', account = '' } = readBusEvent(event) ?? {};
    const from = { source, account };
    const rejection = { version: '1' as const, request, field, problem, ...from, rejectedAt: now() };
    await emitter.emit('Rollback Rejected', rejection);
  };
  return async (event) => {
    if (readBusEvent(event)?.['detail-type'] === STORM_ANSWERED) {
      const answered = onlyPastAnswer(readAnswered(event, requesters), 'time', now());
      logger.info('read', { ...answered });
      const refused = answered.kind === 'storm-answer' ? await takeAnswer(answered, answers) : null;
      const rejection = answered.kind === 'rejected' ? answered : refused;
      if (rejection !== null) await reject(event, rejection);
      return rejection ?? answered;
    }
    if (readBusEvent(event)?.['detail-type'] === ROLLBACK_ANSWERED) {
      const answered = readHandover(event, requesters);
      logger.info('read', { ...answered });
      const refused =
        answered.kind === 'rollback-answer' ? await takeRollbackAnswer(answered, handing, now()) : null;
      const rejection = answered.kind === 'rejected' ? answered : refused;
      if (rejection !== null) await reject(event, rejection);
      return rejection ?? answered;
    }
    if (FREEZES.includes(readBusEvent(event)?.['detail-type'] ?? '')) {
      const asked = readFreeze(event, requesters, now());
      logger.info('read', { ...asked });
      const isFreeze = asked.kind === 'freeze' || asked.kind === 'unfreeze';
      const refused = isFreeze ? await takeFreeze(asked, { freezes, emitter }) : null;
      const rejection = asked.kind === 'rejected' ? asked : refused;
      if (rejection !== null) await reject(event, rejection);
      return rejection ?? asked;
    }
    const read = onlyPast(readFrom(event, requesters), 'time', now());
    logger.info('read', { ...read });
    if (read.kind === 'ignored') return read;
    if (read.kind !== 'rejected') return startAll(starter, read.requests);
    await reject(event, read);
    return read;
  };
}

const FREEZES: readonly string[] = [FREEZE_REQUESTED, UNFREEZE_REQUESTED];

/** Reads a freeze. Only this account may freeze: another one might keep Lastgood from acting. */
function readFreeze(
  event: unknown,
  { own }: Requesters,
  now: string,
): ReturnType<typeof readFreezeRequested> {
  const found = readBusEvent(event);
  const none = { own, accounts: [], organization: false };
  return (found === null ? null : problemOfRequester(found, none)) ?? readFreezeRequested(event, now);
}

/** Reads an answer. Only this account may answer: an answer decides for many targets at once. */
function readAnswered(event: unknown, { own }: Requesters): ReturnType<typeof readStormAnswered> {
  const found = readBusEvent(event);
  const none = { own, accounts: [], organization: false };
  return (found === null ? null : problemOfRequester(found, none)) ?? readStormAnswered(event);
}

/** Reads an answer to a handover. Only this account may answer: the rule of a receiver leads to one of its own. */
function readHandover(event: unknown, { own }: Requesters): ReturnType<typeof readRollbackAnswered> {
  const found = readBusEvent(event);
  const none = { own, accounts: [], organization: false };
  return (found === null ? null : problemOfRequester(found, none)) ?? readRollbackAnswered(event);
}

/** Reads a request. Validates the detail only if the requester may request a rollback. */
function readFrom(event: unknown, requesters: Requesters): ReturnType<typeof readRequested> {
  const found = readBusEvent(event);
  const forbidden = found?.['detail-type'] === REQUESTED ? problemOfRequester(found, requesters) : null;
  return forbidden ?? readRequested(event);
}
