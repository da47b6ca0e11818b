import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import { asError, ignored, type Ignored } from '../../src/targets/answer.ts';
import { answerDeployment, readDeployment } from '../../src/targets/deployment.ts';
import type { CheckStalled } from './check-stalled.ts';

export interface OnHint {
  readonly starter: Starter;
  readonly look: CheckStalled;
}

/**
 * Looks at a target after a hint that its deployment may have stalled, and starts a rollback where it has. The sweep names
 * the same execution.
 */
export function onHint({ starter, look }: OnHint): (event: unknown) => Promise<readonly Start[] | Ignored> {
  return async (event) => {
    const read = readDeployment(event);
    if (!('hint' in read)) return ignored('hints at nothing');
    const { target, says } = read.hint;
    const stalled = await look(target);
    logger.info('looked', { target, says, stalled });
    if (stalled === null) return ignored(`no deployment of ${target} is known to have stalled`);
    const answer = answerDeployment(stalled);
    if (answer.kind === 'rejected') throw asError(answer);
    return answer.kind === 'ignored' ? answer : startAll(starter, answer.requests);
  };
}
