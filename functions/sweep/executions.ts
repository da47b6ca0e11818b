import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isNamed } from '../../src/aws/errors.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { publishAll } from '../../src/events/publish.ts';
import { reportUnreported } from '../../src/events/unreported.ts';
import type { Starter } from '../../src/lambda/start.ts';
import type { Claims, RollbackRecord } from '../../src/ledger/claims.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import { redeliverTriggers } from './redeliver.ts';
import { eachOf } from '../../src/aws/each.ts';

/** Leaves the backstop's event time to arrive. Step Functions delivers it on a best-effort basis, so it may be lost. */
const GRACE_SECONDS = 120;

const MAX_RECORDS_PER_SWEEP = 100;

/** The present state of an execution; `ended` is absent while it runs. */
export interface ExecutionNow {
  /** Step Functions' status: RUNNING, FAILED, TIMED_OUT, ABORTED … */
  readonly status: string;
  readonly ended?: Instant;
}

export interface Executions {
  readonly claims: Pick<Claims, 'open' | 'close' | 'finish'>;
  readonly emitter: Emitter;
  readonly starter: Starter;
  /** Returns null if Step Functions does not know the execution, or not any more. */
  readonly execution: (arn: string) => Promise<ExecutionNow | null>;
}

/**
 * Reports the rollbacks whose execution ended without Report. Finishes those that Report closed: redelivers the
 * triggers that they refused, and publishes their unpublished events.
 */
export async function reconcileExecutions(closing: Executions, now: Instant): Promise<void> {
  const open = await closing.claims.open(now, MAX_RECORDS_PER_SWEEP);
  await eachOf(open, async (record) => {
    if (record.outcome !== undefined) await finish(record, closing);
    else if (!isAfter(record.startedAt, after(now, -GRACE_SECONDS)))
      await reportIfEnded(record, closing, now);
  });
}

async function reportIfEnded(
  record: RollbackRecord,
  { claims, emitter, execution }: Executions,
  now: Instant,
): Promise<void> {
  const how = howEnded(await execution(record.execution), now);
  if (how === null) return;
  const unreported = { execution: record.execution, request: record.request, how };
  await reportUnreported(unreported, emitter, claims, now);
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

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export function createExecutions(client: Pick<SFNClient, 'send'>): Executions['execution'] {
  return async (executionArn) => {
    try {
      const { status = 'RUNNING', stopDate } = await client.send(
        new DescribeExecutionCommand({ executionArn }),
      );
      return { status, ...(stopDate !== undefined && { ended: stopDate.toISOString() }) };
    } catch (error) {
      if (isNamed(error, 'ExecutionDoesNotExist')) return null;
      throw error;
    }
  };
}
