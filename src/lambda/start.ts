import { createHash } from 'node:crypto';
import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isNamed } from '../aws/errors.ts';
import { REHEARSAL_PREFIX } from '../rollback/rehearsal-prefix.ts';
import type { Request } from '../rollback/request.ts';
import { logger } from './logger.ts';

/** `already-started`: the same trigger started an execution for the same target before. */
export type StartAnswer = 'started' | 'already-started';

/** Starts rollbacks. */
export interface Starter {
  readonly start: (request: Request) => Promise<StartAnswer>;
}

/** The answer to one request. */
export interface Start {
  readonly target: string;
  readonly answer: StartAnswer;
}

/**
 * Starts executions. A trigger may be redelivered, so its id is part of the execution's name. Step Functions refuses a
 * name that was used within 90 days, and answers a repetition with the running execution.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function createStarter(client: Pick<SFNClient, 'send'>, stateMachineArn: string): Starter {
  return {
    async start(request) {
      const input = JSON.stringify({ request });
      const command = new StartExecutionCommand({ stateMachineArn, name: executionName(request), input });
      try {
        await client.send(command);
        return 'started';
      } catch (error) {
        if (isNamed(error, 'ExecutionAlreadyExists')) return 'already-started';
        throw error;
      }
    },
  };
}

/**
 * Returns 1 to 80 letters, digits, `-` and `_`: the target for people, and a hash of the trigger. That of a rehearsal says
 * so, because AWS shows the name with what the execution deployed.
 */
export function executionName({ target, reason, trigger }: Request): string {
  const hash = createHash('sha256').update(JSON.stringify([trigger?.id ?? reason, target]));
  const named = `${trigger?.type === 'rehearsal' ? REHEARSAL_PREFIX : ''}${target}`;
  return `${named.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 47)}-${hash.digest('hex').slice(0, 32)}`;
}

/**
 * Starts all requests, and throws the first error afterwards, so that one bad request does not stop the others. Then
 * the event is redelivered, and the requests that were started are not started again.
 */
export async function startAll(starter: Starter, requests: readonly Request[]): Promise<readonly Start[]> {
  const tries = await Promise.allSettled(requests.map((request) => startOne(starter, request)));
  const failed = tries.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

async function startOne(starter: Starter, request: Request): Promise<Start> {
  const answer = await starter.start(request);
  logger.info(answer, { target: request.target, reason: request.reason });
  return { target: request.target, answer };
}
