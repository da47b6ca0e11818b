import { remembered } from '../../world/remembered.ts';
import type { Run, HistoryEntry } from './run.ts';

type HistoryEvent = Readonly<Record<string, unknown>>;

/**
 * Returns an execution's history, reduced to its states and its end. The events of integrations are omitted.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 */
export function historyEvents(execution: Run): HistoryEvent[] {
  const states = execution.history.flatMap(eventsOf);
  const all = [started(execution), ...states, ...ended(execution)];
  return all.map((event, index) => ({ id: index + 1, previousEventId: index, ...event }));
}

function started({ startedAt, input }: Run): HistoryEvent {
  return {
    timestamp: new Date(startedAt),
    type: 'ExecutionStarted',
    executionStartedEventDetails: { input },
  };
}

/** An entry never changes, and a history is read again and again. */
const eventsOf = remembered(readEntry);

function readEntry({
  at,
  type,
  state,
  stateType,
  input,
  output,
  error,
  cause,
}: HistoryEntry): HistoryEvent[] {
  const timestamp = new Date(at);
  switch (type) {
    case 'StateEntered':
      return [
        {
          timestamp,
          type: `${stateType}StateEntered`,
          stateEnteredEventDetails: { name: state, input: JSON.stringify(input) },
        },
      ];
    case 'StateExited':
      return [
        {
          timestamp,
          type: `${stateType}StateExited`,
          stateExitedEventDetails: { name: state, output: JSON.stringify(output) },
        },
      ];
    case 'StateFailed':
      if (stateType !== 'Task') return [];
      return [
        {
          timestamp,
          type: 'TaskFailed',
          taskFailedEventDetails: { resourceType: 'lambda', resource: 'invoke', error, cause },
        },
      ];
    default:
      return [];
  }
}

function ended({ status, stoppedAt, output, error, cause }: Run): HistoryEvent[] {
  if (stoppedAt === undefined) return [];
  const timestamp = new Date(stoppedAt);
  const why = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  switch (status) {
    case 'SUCCEEDED':
      return [{ timestamp, type: 'ExecutionSucceeded', executionSucceededEventDetails: { output } }];
    case 'FAILED':
      return [{ timestamp, type: 'ExecutionFailed', executionFailedEventDetails: why }];
    case 'TIMED_OUT':
      return [{ timestamp, type: 'ExecutionTimedOut', executionTimedOutEventDetails: why }];
    default:
      return [{ timestamp, type: 'ExecutionAborted', executionAbortedEventDetails: why }];
  }
}
