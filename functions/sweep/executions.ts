import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { eachOf } from '../../src/aws/each.ts';
import { isNamed } from '../../src/aws/errors.ts';
import type { Rota } from '../../src/aws/rota.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { publishAll } from '../../src/events/publish.ts';
import type { ReportLink } from '../../src/events/report-link.ts';
import { reportUnreported } from '../../src/events/unreported.ts';
import type { Starter } from '../../src/lambda/start.ts';
import type { Claims, RollbackRecord } from '../../src/ledger/claims.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import { redeliverTriggers } from './redeliver.ts';
import { RUNNING } from './shares.ts';

/** Leaves the backstop's event time to arrive. Step Functions delivers it on a best-effort basis, so it may be lost. */
const GRACE_SECONDS = 120;

/** The most open records that one sweep reads, oldest first. A storm has hundreds. */
export const MAX_OPEN_RECORDS = 5_000;

/** The present state of an execution; `ended` is absent while it runs. */
export interface ExecutionNow {
  /** Step Functions' status: RUNNING, FAILED, TIMED_OUT, ABORTED … */
  readonly status: string;
  readonly ended?: Instant;
}

/** Reads the executions of the state machine. */
export interface ExecutionReads {
  /** Returns the ARNs of those that run. "The results are best effort" (API_ListExecutions): it may lack some. */
  readonly running: () => Promise<ReadonlySet<string>>;
  /** Returns null if Step Functions does not know the execution, or not any more. */
  readonly execution: (arn: string) => Promise<ExecutionNow | null>;
}

export interface Executions extends ExecutionReads {
  readonly claims: Pick<Claims, 'open' | 'close' | 'finish'>;
  readonly emitter: Emitter;
  readonly reportLink: ReportLink;
  readonly starter: Starter;
  /** Of the executions to describe, which are few: a turn for each before any has another. */
  readonly rota: Rota;
}

/**
 * Reports the rollbacks whose execution ended without Report. Finishes those that Report closed: redelivers the
 * triggers that they refused, and publishes their unpublished events.
 */
export async function reconcileExecutions(closing: Executions, now: Instant): Promise<void> {
  const open = await closing.claims.open(now, MAX_OPEN_RECORDS);
  const unclosed = open.filter(({ outcome }) => outcome === undefined);
  const old = unclosed.filter(({ startedAt }) => !isAfter(startedAt, after(now, -GRACE_SECONDS)));
  const running = old.length === 0 ? new Set<string>() : await closing.running();
  const lost = old.filter(({ execution }) => !running.has(execution));
  const due = lost.filter(({ execution }) => closing.rota.isTurnOf(execution, 1, now));
  const closed = open.filter(({ outcome }) => outcome !== undefined);
  await eachOf([...closed, ...due], (record) =>
    record.outcome === undefined ? reportIfEnded(record, closing, now) : finish(record, closing),
  );
}

async function reportIfEnded(record: RollbackRecord, executions: Executions, now: Instant): Promise<void> {
  const how = howEnded(await executions.execution(record.execution), now);
  if (how === null) return;
  const unreported = { execution: record.execution, request: record.request, how };
  await reportUnreported(unreported, executions, now);
}

/** Finishes a record. Idempotent after a crash. Redelivers first, so that a failing bus does not delay a rollback. */
async function finish(record: RollbackRecord, { claims, emitter, starter }: Executions): Promise<void> {
  const { target, execution, unpublished = [], yields } = record;
  if (yields) await redeliverTriggers(record, starter);
  await publishAll(emitter, unpublished);
  await claims.finish(target, execution);
}

/** Returns how an execution ended, or null if it runs or ended just now. */
function howEnded(found: ExecutionNow | null, now: Instant): string | null {
  if (found === null) return 'UNKNOWN';
  const { status, ended } = found;
  return ended === undefined || isAfter(after(ended, GRACE_SECONDS), now) ? null : status;
}

/** The most executions that one ListExecutions returns. */
const MAX_EXECUTIONS = 1_000;

/**
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
export function createExecutions(client: Pick<SFNClient, 'send'>, stateMachineArn: string): ExecutionReads {
  return {
    running: async () => {
      const found = new Set<string>();
      let page: Pick<ListExecutionsCommandInput, 'nextToken'> = {};
      // Further pages would hold those that began first. Each record of them has its turn.
      for (let calls = 0; calls < RUNNING.callsPerMinute; calls++) {
        const input = {
          stateMachineArn,
          statusFilter: 'RUNNING' as const,
          maxResults: MAX_EXECUTIONS,
          ...page,
        };
        const { executions = [], nextToken } = await client.send(new ListExecutionsCommand(input));
        for (const { executionArn = '' } of executions) found.add(executionArn);
        if (nextToken === undefined) break;
        page = { nextToken };
      }
      return found;
    },
    execution: async (executionArn) => {
      try {
        const { status = 'RUNNING', stopDate } = await client.send(
          new DescribeExecutionCommand({ executionArn }),
        );
        return { status, ...(stopDate !== undefined && { ended: stopDate.toISOString() }) };
      } catch (error) {
        if (isNamed(error, 'ExecutionDoesNotExist')) return null;
        throw error;
      }
    },
  };
}
