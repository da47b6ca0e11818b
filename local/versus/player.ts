/** A process that plays the jobs that it receives, one after the other: see `crew.ts`. */
import '../scenarios/silence-logs.ts';
import { answering } from '../crew.ts';
import type { Answer } from './crew.ts';
import { playJob, type Job } from './jobs.ts';

answering(answerTo);

function answerTo(job: Job): Promise<Answer> {
  return playJob(job).then(
    (run) => ({ run }),
    (error: unknown) => ({
      problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
}
