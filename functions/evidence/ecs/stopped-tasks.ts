import type { Task } from '@aws-sdk/client-ecs';
import type { Stop } from '../../../src/rollback/triage/traces.ts';
import { counted } from '../counted.ts';
import type { EvidenceSource } from '../source.ts';
import { culprit, inWords } from './culprit.ts';
import { definitionName, isAtFault, type EcsReads } from './reads.ts';

/**
 * Reads why tasks of the target stopped, by revision, that at fault first. ECS shows a stopped task for about an hour.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html
 */
export function stoppedTasks({ stopped }: Pick<EcsReads, 'stopped'>): EvidenceSource {
  return {
    name: 'stopped tasks',
    kind: 'ecs',
    async read(rollback, signal) {
      const tasks = await stopped(rollback, signal);
      const stops = tasks.map((task) => toStop(task, isAtFault(task, rollback)));
      const ordered = [true, false].flatMap((side) => stops.filter((stop) => stop.isAtFault === side));
      return { lines: counted(ordered.map(({ line }) => line)), traces: { stops: ordered } };
    },
  };
}

function toStop(task: Task, ofFault: boolean): Stop {
  const { stopCode = '', stoppedReason = '', containers = [] } = task;
  return {
    isAtFault: ofFault,
    code: stopCode,
    reason: stoppedReason,
    containers: containers.map(({ name = '?', exitCode, reason = '' }) => ({
      name,
      reason,
      ...(exitCode !== undefined && { exitCode }),
    })),
    line: lineOf(task),
  };
}

/** Returns `checkout:42: EssentialContainerExited (Essential container in task exited); container app: exit code 1` */
function lineOf(task: Task): string {
  const { taskArn, taskDefinitionArn, stopCode, stoppedReason, containers = [] } = task;
  const why = `${stopCode ?? 'stopping'} (${stoppedReason ?? 'no reason given'})`;
  const it = culprit(containers);
  const line = `${definitionName(taskDefinitionArn)}: ${why}${it === null ? '' : `; ${inWords(it)}`}`;
  // A reason may name the task, and equal reasons are counted.
  const id = taskArn?.split('/').at(-1) ?? '';
  return id === '' ? line : line.replaceAll(id, 'TASK');
}
