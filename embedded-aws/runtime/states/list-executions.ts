import type { Operation } from '../../world/service.ts';
import { bucket } from './bucket.ts';
import type { Executions } from './executions.ts';
import { summary } from './shown.ts';
import { machineOf } from './start-execution.ts';

export function listExecutions(executions: Executions): Operation {
  return {
    authorize: ({ stateMachineArn }: { stateMachineArn: string }) => [
      { action: 'states:ListExecutions', resource: stateMachineArn },
    ],
    run: ({
      stateMachineArn,
      statusFilter,
      maxResults,
    }: {
      stateMachineArn: string;
      statusFilter?: string;
      maxResults?: number;
    }) => {
      machineOf(executions, stateMachineArn);
      const listed = executions.all.filter(
        (execution) =>
          execution.stateMachineArn === stateMachineArn &&
          (statusFilter ?? execution.status) === execution.status,
      );
      return {
        executions: listed
          .reverse()
          .slice(0, maxResults === undefined || maxResults === 0 ? 100 : maxResults)
          .map(summary),
      };
    },
    bucket: bucket('ListExecutions', 200, 5),
  };
}
