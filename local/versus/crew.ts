import { divide } from '../crew.ts';
import { playJob, type Done, type Job } from './jobs.ts';
import type { Run } from './run.ts';

/** A process's answer to a job. */
export type Answer = { readonly run: Run } | { readonly problem: string };

const PLAYER = new URL('player.ts', import.meta.url);

/** Limit in milliseconds. A job takes seconds to minutes; one that takes longer hangs. */
const LIMIT_MS = 1_800_000;

/**
 * Plays all jobs, so many at a time. Each process plays one at a time; a single one is this process.
 * @throws Error naming the job that broke
 */
export async function playAll(
  jobs: readonly Job[],
  processes: number,
  onDone: (done: Done) => void,
): Promise<void> {
  const count = Math.min(processes, jobs.length);
  if (count === 1) return playHere(jobs, onDone);
  await divide<Job, Answer>(jobs, {
    ...{ count, module: PLAYER, limitMs: LIMIT_MS },
    onAnswer: (job, answer) => {
      if (answer === null) throw brokenOff(job, 'its process ended, or hung');
      if ('problem' in answer) throw brokenOff(job, answer.problem);
      onDone({ ...job, run: answer.run });
    },
  });
}

async function playHere(jobs: readonly Job[], onDone: (done: Done) => void): Promise<void> {
  for (const job of jobs) {
    const run = await playJob(job).catch((error: unknown) => {
      throw brokenOff(job, error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    onDone({ ...job, run });
  }
}

function brokenOff({ name, arm, seed }: Job, why: string): Error {
  return new Error(`${name} in the arm ${arm} with seed ${seed} broke off: ${why}`);
}
