import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { Ground, Wait } from './ground.ts';
import type { Outputs, Part } from './parts/part.ts';
import { requestRollback } from './request.ts';
import type { Execution, Rollbacks } from './rollbacks.ts';

type Say = (line: string) => void;

/** How the bad release of one part ended. */
export interface Course {
  readonly part: Part;
  readonly target: string;
  readonly releasedAt: number;
  /** The execution that decided; null if Lastgood started none in time. */
  readonly execution: Execution | null;
  /** `rolled-back` and so on, or why there is none. */
  readonly ended: string;
}

export interface Playing {
  readonly ground: Ground;
  readonly rollbacks: Rollbacks;
  readonly outputs: Outputs;
  /** Stage of Lastgood. */
  readonly stage: string;
  readonly wait: Wait;
  readonly say: Say;
  /** Called at every look while a part's release and rollback run. */
  readonly look: (part: Part) => Promise<void>;
}

const LOOK_EVERY_SECONDS = 15;

/** Lastgood must have started within the first, and ended within the second. */
const START_WITHIN_MS = 45 * 60_000;
const END_WITHIN_MS = 90 * 60_000;

/** Another trigger may follow a rollback that was skipped, within this time. */
const AFTER_SKIPPED_MS = 10 * 60_000;

/** An alarm or an event may be dated a little before the release, by another clock. */
const CLOCK_SKEW_MS = 60_000;

/** Makes a bad release and follows it until Lastgood has ended. */
export async function play(part: Part, playing: Playing): Promise<Course> {
  const { ground, outputs, stage, say, wait, rollbacks, look } = playing;
  const target = part.target(outputs);
  const releasedAt = ground.now();
  await part.release(ground.clients, outputs, wait);
  say(`${part.name}: a bad release of ${target} is out`);
  if (part.isRequested === true) {
    await requestRollback(ground.clients, stage, target);
    say(`${part.name}: a rollback is requested`);
  }
  let said = '';
  for (;;) {
    await look(part);
    await part.attend?.(ground.clients, outputs);
    const executions = await rollbacks.of(target, releasedAt - CLOCK_SKEW_MS);
    const end = endAmong(executions, releasedAt, ground.now());
    if (end !== null) return { part, target, releasedAt, ...end };
    const progress = `${part.name}: ${await stateOf(part, playing)}, ${doing(executions.at(-1))}`;
    if (progress !== said) say(progress);
    said = progress;
    await wait(LOOK_EVERY_SECONDS);
  }
}

/** Returns how it ended, or null while there is something to wait for. */
export function endAmong(
  executions: readonly Execution[],
  releasedAt: number,
  now: number,
): Pick<Course, 'execution' | 'ended'> | null {
  const last = executions.at(-1);
  if (last === undefined)
    return now - releasedAt > START_WITHIN_MS ? { execution: null, ended: 'no rollback' } : null;
  const decided = executions.findLast(isDecided);
  if (decided !== undefined) return { execution: decided, ended: endOf(decided) };
  const isQuiet = last.endedAt !== undefined && now - last.endedAt.getTime() > AFTER_SKIPPED_MS;
  const isOver = isQuiet || now - releasedAt > END_WITHIN_MS;
  return isOver ? { execution: last, ended: endOf(last) } : null;
}

function isDecided({ endedAt, document }: Execution): boolean {
  return endedAt !== undefined && document.outcome?.state !== 'skipped';
}

function endOf({ document, endedAt }: Execution): string {
  if (endedAt === undefined) return 'still running';
  return document.outcome?.state ?? 'unreported';
}

function doing(last: Execution | undefined): string {
  if (last === undefined) return 'no rollback yet';
  return last.endedAt === undefined ? 'Lastgood is at work' : `Lastgood ended ${endOf(last)}`;
}

async function stateOf(part: Part, { ground, outputs }: Playing): Promise<string> {
  const { MetricAlarms = [] } = await ground.clients.cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [outputs(part.alarm)] }),
  );
  return `the alarm is ${MetricAlarms[0]?.StateValue ?? 'missing'}`;
}
