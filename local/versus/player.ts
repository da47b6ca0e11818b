/** A process that plays the jobs that it receives, one after the other: see `crew.ts`. */
import '../scenarios/silence-logs.ts';
import type { Answer } from './crew.ts';
import { playJob, type Job } from './jobs.ts';

// A run must not outlive the process that waits for it.
process.on('disconnect', () => process.exit());

process.on('message', (job: Job) => {
  void answerTo(job).then((answer) => process.send?.(answer));
});

function answerTo(job: Job): Promise<Answer> {
  return playJob(job).then(
    (run) => ({ run }),
    (error: unknown) => ({
      problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
}
