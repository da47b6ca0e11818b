import type { Emitter } from '../../src/events/emit.ts';
import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import { asError, type Ignored, type Rejected } from '../../src/targets/answer.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';
import { readRequested } from '../../src/targets/requested.ts';

export interface OnRequest {
  readonly starter: Starter;
  readonly emitter: Emitter;
  readonly now: () => string;
}

/**
 * Starts the rollback that somebody asked for on our bus. Who asked for what cannot be done is told so there.
 * @throws InvalidRequest naming the field
 */
export function onRequest({
  starter,
  emitter,
  now,
}: OnRequest): (event: unknown) => Promise<readonly Start[] | Ignored> {
  const reject = async (event: unknown, { field, problem }: Rejected) => {
    const request = readBusEvent(event)?.id ?? '';
    await emitter.emit('Rollback Rejected', { version: '1', request, field, problem, rejectedAt: now() });
  };
  return async (event) => {
    const read = readRequested(event);
    logger.info('read', { ...read });
    if (read.kind === 'ignored') return read;
    if (read.kind !== 'rejected') return startAll(starter, read.requests);
    await reject(event, read);
    throw asError(read);
  };
}
