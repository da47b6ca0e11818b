import { fork, type ChildProcess } from 'node:child_process';
import { playJob, type Done, type Job } from './jobs.ts';
import type { Run } from './run.ts';

/** A process's answer to a job. */
export type Answer = { readonly run: Run } | { readonly problem: string };

const PLAYER = new URL('player.ts', import.meta.url);

/**
 * Plays all jobs, so many at a time. Each process plays one at a time; a single one is this process.
 * @throws Error naming the job that broke
 */
export async function playAll(
  jobs: readonly Job[],
  processes: number,
  onDone: (done: Done) => void,
): Promise<void> {
  const queue = jobs.values();
  const count = Math.min(processes, jobs.length);
  if (count === 1) return playFrom(queue, playJob, onDone);
  const crew = Array.from({ length: count }, () =>
    fork(PLAYER, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  );
  try {
    await Promise.all(crew.map((child) => playFrom(queue, (job) => playIn(child, job), onDone)));
  } finally {
    for (const child of crew) child.kill();
  }
}

async function playFrom(
  queue: Iterator<Job>,
  play: (job: Job) => Promise<Run>,
  onDone: (done: Done) => void,
): Promise<void> {
  for (let next = queue.next(); next.done !== true; next = queue.next()) {
    const job = next.value;
    const run = await play(job).catch((error: unknown) => {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw new Error(`${job.name} in the arm ${job.arm} with seed ${job.seed} broke off: ${why}`);
    });
    onDone({ ...job, run });
  }
}

function playIn(child: ChildProcess, job: Job): Promise<Run> {
  return new Promise((resolve, reject) => {
    const died = () => reject(new Error('its process ended'));
    child.once('exit', died);
    child.once('message', (answer: Answer) => {
      child.off('exit', died);
      if ('run' in answer) resolve(answer.run);
      else reject(new Error(answer.problem));
    });
    child.send(job, (error) => {
      if (error !== null) died();
    });
  });
}
