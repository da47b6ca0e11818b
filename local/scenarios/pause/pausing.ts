import type { Rollback } from '../../../src/rollback/document.ts';
import { writePauseOrder } from '../../../src/rollback/pause.ts';
import type { Stage } from '../stage.ts';
import { rollbacksIn } from '../rollbacks.ts';

const NAME = '/lastgood/prod/pause';

/** Writes the parameter, as a person does in the console. */
function put(stage: Stage, value: string): void {
  stage.call('ssm', 'PutParameter', { Name: NAME, Value: value, Type: 'String', Overwrite: true });
}

export function pause(stage: Stage): void {
  const order = { paused: true, because: 'the database moves tonight', by: 'ada' };
  put(stage, writePauseOrder({ ...order, at: stage.world.clock.iso() }));
  stage.journal.note('ada pauses Lastgood');
}

export function resume(stage: Stage): void {
  put(stage, writePauseOrder({ paused: false, by: 'ada', at: stage.world.clock.iso() }));
  stage.journal.note('ada resumes Lastgood');
}

/** Waits until a rollback waits for an answer. */
export async function untilApprove(stage: Stage): Promise<void> {
  const isAsked = () => rollbacksIn(stage.runtime).some(({ states }) => states.at(-1)?.name === 'Approve');
  await stage.until('a question waits', isAsked, 30);
  await stage.minutes(0.2);
}

/** Waits until a rollback waits for the end of the pause. */
export async function untilHeld(stage: Stage, count = 1): Promise<void> {
  await stage.until('a rollback waits', () => held(stage) >= count, 60);
}

function held({ runtime }: Stage): number {
  return rollbacksIn(runtime).filter(({ states }) => states.at(-1)?.name === 'PauseWait').length;
}

/** Pauses as soon as Lastgood has made so many writes, and waits until the rollback waits. */
export async function pauseAfter(stage: Stage, writes: number): Promise<void> {
  const isSo = () => stage.journal.writes().length >= writes;
  await stage.until(`Lastgood has made ${writes} writes`, isSo, 60);
  pause(stage);
  await untilHeld(stage);
}

/** Passes minutes in which nothing may be written. */
export async function staysFor(stage: Stage, minutes: number): Promise<void> {
  const before = stage.journal.writes().length;
  await stage.minutes(minutes);
  const after = stage.journal.writes().length;
  if (after !== before) throw new Error(`while paused, Lastgood made ${after - before} writes`);
}

/** Returns null if so many events of this type were published, or else the difference. */
export function published({ runtime }: Stage, type: string, times: number): string | null {
  const found = runtime.bus.published.filter(({ event }) => event['detail-type'] === type).length;
  return found === times ? null : `${type} was published ${found} times, not ${times}`;
}

/** Returns null if the first rollback did not exceed a deadline because of the pause, or else the rung it left. */
export function leftNoRung({ runtime }: Stage): string | null {
  const { reverted } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as Rollback;
  const [left] = reverted?.left ?? [];
  return left === undefined ? null : `rung ${left.rung} was left: ${left.reason}`;
}
