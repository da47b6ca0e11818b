import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { named } from '../aws/errors.ts';
import { isKeepWarm } from './keep-warm.ts';
import { logger } from './logger.ts';

/** A function as Lambda calls it. */
export type LambdaHandler = (event: unknown, context: Context) => Promise<unknown>;

/**
 * Wraps a function for Lambda: adds the request id to each log line, and renames errors for the state machine. A call
 * that only keeps it warm is answered first: it calls nothing and logs nothing.
 */
export function handlerOf(run: (event: unknown, context: Context) => Promise<unknown>): LambdaHandler {
  const wrapped = middy(run)
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .onError((request) => {
      const error = named(request.error);
      logger.error('failed', error as Error);
      throw error;
    });
  return async (event, context) => (isKeepWarm(event) ? null : wrapped(event, context));
}
