import type { ReadPause } from '../../src/aws/pause.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { publishSteps } from '../../src/events/publish-steps.ts';
import { logger } from '../../src/lambda/logger.ts';
import { turnToWrite } from '../../src/lambda/pace.ts';
import type { StepCall } from '../../src/lambda/steps.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Planned } from '../../src/rollback/document.ts';
import { asPlanned } from '../../src/rollback/doors.ts';
import { recordPause, type HeldBack } from '../../src/rollback/pause.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readsOf, readTarget } from '../../src/targets/target.ts';

export interface HoldingBack {
  readonly claims: Pick<Claims, 'hold' | 'mayHaveWritten' | 'waitFor'>;
  readonly readPause: ReadPause;
  readonly emitter: Emitter;
  readonly turns: Turns;
}

/**
 * Pause: polls once whether Lastgood is still paused, and renews the claim. A rollback that goes on gets its turn, because
 * all others go on with it.
 */
export function holdBack({ claims, readPause, emitter, turns }: HoldingBack, now: () => Instant) {
  return async ({ rollback }: StepCall): Promise<HeldBack> => {
    const planned = asPlanned(rollback);
    const { request, execution } = planned;
    const [order, wrote] = await Promise.all([
      readPause(),
      claims.mayHaveWritten(request.target, execution),
      claims.hold(request.target, execution, now()),
    ]);
    const held = recordPause(planned, order, wrote, now());
    if (held.state !== planned.paused?.state) await noteWait(planned, held, claims);
    if (held.state !== 'resumed') {
      const published = await publishSteps({ ...planned, paused: held }, emitter, warn);
      return { ...held, published };
    }
    const turn = await turnOf(planned, held, turns);
    return turn === undefined ? held : { ...held, turn };
  };
}

/** Lists of rollbacks show it. A failure changes only those. */
async function noteWait(
  { request, execution }: Planned,
  { state }: HeldBack,
  claims: Pick<Claims, 'waitFor'>,
): Promise<void> {
  await claims
    .waitFor(request.target, execution, state === 'resumed' ? null : 'pause')
    .catch((error: unknown) => logger.warn('the wait is not noted', error as Error));
}

function warn(error: Error): void {
  logger.warn('not published yet', error);
}

async function turnOf(
  { request, plan }: Planned,
  { next }: HeldBack,
  turns: Turns,
): Promise<HeldBack['turn']> {
  if (next !== 'plan') return (await turnToWrite(plan, turns)).turn;
  const { plan: reads, revert } = readsOf(readTarget(request.target).kind);
  return turns.of([...reads, ...revert], 'before-write');
}
