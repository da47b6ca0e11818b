import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { Ground, Wait } from './ground.ts';
import type { Outputs, Part } from './parts/part.ts';
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
  readonly wait: Wait;
  readonly say: Say;
  /** Called at every look while a part's release and rollback run. */
  readonly look: (part: Part) => Promise<void>;
}

const LOOK_EVERY_SECONDS = 15;
const LIMIT_SECONDS = 45 * 60;

/** Another trigger may follow a rollback that was skipped, within this time. */
const AFTER_SKIPPED_SECONDS = 10 * 60;

/** Makes a bad release and follows it until Lastgood has ended. */
export async function play(part: Part, playing: Playing): Promise<Course> {
  const { ground, outputs, say, wait, rollbacks, look } = playing;
  const target = part.target(outputs);
  const releasedAt = ground.now();
  await part.release(ground.clients, outputs, wait);
  say(`${part.name}: a bad release of ${target} is out`);
  let said = '';
  for (;;) {
    await look(part);
    const executions = await rollbacks.of(target, releasedAt - 60_000);
    const now = ground.now();
    const decided = executions.findLast(isDecided);
    if (decided !== undefined) return { part, target, releasedAt, execution: decided, ended: endOf(decided) };
    const last = executions.at(-1);
    const isOver =
      last === undefined
        ? now - releasedAt > LIMIT_SECONDS * 1000
        : last.endedAt !== undefined && now - last.endedAt.getTime() > AFTER_SKIPPED_SECONDS * 1000;
    if (isOver || now - releasedAt > 2 * LIMIT_SECONDS * 1000)
      return { part, target, releasedAt, execution: last ?? null, ended: last ? endOf(last) : 'no rollback' };
    const progress = `${part.name}: ${await stateOf(part, playing)}, ${doing(last)}`;
    if (progress !== said) say(progress);
    said = progress;
    await wait(LOOK_EVERY_SECONDS);
  }
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
