import { eachOf } from '../../src/aws/each.ts';
import { named } from '../../src/aws/errors.ts';
import { Throttled } from '../../src/rollback/errors.ts';

/**
 * Runs the jobs of one sweep, a few at once. One that fails does not stop the others. One that AWS throttles, or that
 * could not begin in time, is due in the next minute and fails nothing.
 * @throws the first error that is no throttling, after all jobs
 */
export async function runJobs(
  jobs: readonly (() => Promise<void>)[],
  {
    warn,
    hasTime,
  }: { readonly warn: (message: string, about: object) => void; readonly hasTime: () => boolean },
): Promise<void> {
  await eachOf(jobs, async (job) => {
    if (!hasTime()) {
      warn('no time left: a job of the sweep is due in the next minute', {});
      return;
    }
    try {
      await job();
    } catch (error) {
      const known = named(error);
      if (!(known instanceof Throttled)) throw known;
      warn('throttled: a job of the sweep is due in the next minute', { because: known.message });
    }
  });
}
