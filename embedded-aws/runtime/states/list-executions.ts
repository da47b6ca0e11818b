import type { Operation } from '../../world/service.ts';
import { bucket } from './bucket.ts';
import type { Executions } from './executions.ts';
import { summary } from './shown.ts';
import { machineOf } from './start-execution.ts';

interface Input {
  readonly stateMachineArn: string;
  readonly statusFilter?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Lists executions, newest first. The token is the position of the next page. */
export function listExecutions(executions: Executions): Operation {
  return {
    authorize: ({ stateMachineArn }: Input) => [
      { action: 'states:ListExecutions', resource: stateMachineArn },
    ],
    run: ({ stateMachineArn, statusFilter, maxResults = 0, nextToken = '0' }: Input) => {
      machineOf(executions, stateMachineArn);
      const listed = executions.all
        .filter(
          (execution) =>
            execution.stateMachineArn === stateMachineArn &&
            (statusFilter ?? execution.status) === execution.status,
        )
        .reverse();
      const from = Number(nextToken);
      // 0 is the default (API_ListExecutions).
      const to = from + (maxResults === 0 ? 100 : maxResults);
      return {
        executions: listed.slice(from, to).map(summary),
        ...(to < listed.length && { nextToken: String(to) }),
      };
    },
    bucket: bucket('ListExecutions', 200, 5),
  };
}
