import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import { asError, ignored, type Ignored } from '../../src/targets/answer.ts';
import { answerDeployment, readDeployment } from '../../src/targets/deployment.ts';
import type { NoteStop } from './note-stop.ts';
import type { CheckStalled } from './check-stalled.ts';

export interface OnHint {
  readonly starter: Starter;
  readonly checkStalled: CheckStalled;
  readonly noteStop: NoteStop;
}

/**
 * Checks a target after a hint, and starts a rollback if its deployment has stalled. The sweep gives that rollback the
 * same execution name. Notes a stopped task for the lookout of the target, if there is one.
 */
export function onHint({
  starter,
  checkStalled,
  noteStop,
}: OnHint): (event: unknown) => Promise<readonly Start[] | Ignored> {
  return async (event) => {
    const read = readDeployment(event);
    if (!('hint' in read)) return ignored('is not a hint');
    const { target, says, stop } = read.hint;
    const [stalled] = await Promise.all([checkStalled(target), stop && noteStop(target, stop)]);
    logger.info('checked', { target, says, stalled });
    if (stalled === null) return ignored(`no deployment of ${target} is known to have stalled`);
    const answer = answerDeployment(stalled);
    if (answer.kind === 'rejected') throw asError(answer);
    return answer.kind === 'ignored' ? answer : startAll(starter, answer.requests);
  };
}
