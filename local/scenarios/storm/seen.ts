import { asRecord } from '../../../src/rollback/json.ts';
import type { Detail } from '../../../src/events/details.ts';
import { wordsOf, type Posted } from '../../slack/channel.ts';
import { publishedEvents } from '../events/published.ts';
import type { Ending } from '../scenario.ts';
import type { Stage } from '../stage.ts';

export type Updated = Detail<'Rollback Storm Updated'>;

/** Returns what Lastgood published about its storm, in order. */
export function updates(stage: Stage): readonly Updated[] {
  return publishedEvents(stage).flatMap(({ type, detail }) =>
    type === 'Rollback Storm Updated' ? [detail as unknown as Updated] : [],
  );
}

/** Waits until the storm asks about so many targets. Returns what it publishes then. */
export async function untilAsked(stage: Stage, targets: number, limitMinutes = 30): Promise<Updated> {
  const asking = () =>
    updates(stage).findLast(({ choices, list }) => list !== undefined && choices.all === targets);
  const isNewest = () => asking() !== undefined && asking() === updates(stage).at(-1);
  await stage.until(`the storm asks about ${targets} targets`, isNewest, limitMinutes);
  return asking() ?? never();
}

function never(): never {
  throw new Error('the storm asks nothing');
}

/** Waits until a button with this label is in Slack. */
export async function untilButton(stage: Stage, label: string, limitMinutes = 30): Promise<void> {
  const isThere = () => channelWords(stage).some((words) => words.includes(`[${label}]`));
  await stage.until(`Slack has the button ${label}`, isThere, limitMinutes);
}

/** Returns the messages of the channel as a person sees them now, with the buttons that they have now. */
export function asShown({ slack }: Stage): readonly Pick<Posted, 'blocks'>[] {
  return slack.channel.posted.map(({ blocks }) => ({ blocks }));
}

/** Waits until the storm has an answer. */
export async function untilAnswered(stage: Stage): Promise<void> {
  const isAnswered = () => updates(stage).at(-1)?.state === 'answered';
  await stage.until('the storm is answered', isAnswered, 5);
}

function channelWords({ slack }: Stage): readonly string[] {
  return slack.channel.posted.map(({ blocks }) => wordsOf(blocks));
}

/** The end of a story in which all of so many services went back, with one write and one execution each. */
export function allBack(count: number): Pick<Ending, 'outcome' | 'served' | 'writes' | 'executions'> {
  const writes = Array<string>(count).fill('UpdateService');
  return { outcome: 'rolled-back', served: true, writes, executions: count };
}

/** Returns the state in which each rollback ended, by target. Those of a target with several are in the order of time. */
export function ends(stage: Stage): Readonly<Record<string, string>> {
  const all = new Map<string, string>();
  for (const { states } of rollbacks(stage)) {
    const [target, end] = [targetOf(states[0]?.input), states.at(-1)?.name ?? ''];
    all.set(target, [all.get(target), end].filter((one) => one !== undefined).join(' '));
  }
  return Object.fromEntries([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Returns targets with the state in which their rollbacks must have ended. */
export function endAs(state: string, ...targets: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(targets.map((target) => [target, state]));
}

/** Returns the targets whose rollbacks were in a state, once for each time, sorted. */
export function wereIn(stage: Stage, state: string): readonly string[] {
  return rollbacks(stage)
    .flatMap(({ states }) => {
      const times = states.filter(({ name }) => name === state).length;
      return Array<string>(times).fill(targetOf(states[0]?.input));
    })
    .sort();
}

function rollbacks({ runtime }: Stage) {
  return runtime.executions().filter(({ arn }) => arn.includes('-rollback:'));
}

function targetOf(document: unknown): string {
  return String(asRecord(asRecord(document)?.['request'])?.['target']);
}

/** Returns the executions that tended the storm, or sent an answer: their states, each run of one state once. */
export function tended({ runtime }: Stage): readonly string[] {
  const storms = runtime.executions().filter(({ arn }) => arn.includes('-storm:'));
  return storms.map(({ status, states }) => {
    const path = states.map(({ name }) => name).join(' ');
    return `${path.replaceAll(/( Pause Update Updated)+/g, '$1')} ${status}`;
  });
}

/** The states of an execution that tends a storm to its end, and of one that sends an answer. */
export const TENDED = 'Begin Gather Update Updated Pause Update Updated Ended SUCCEEDED';
export const ANSWERED = 'Begin Answer Answered Ended SUCCEEDED';

/** Returns how often the judge read the alarms that are red. */
export function redReads({ runtime }: Stage): number {
  return runtime.wire.calls.filter(
    ({ role, operation, input }) =>
      operation === 'DescribeAlarms' &&
      role.includes('-guard-') &&
      asRecord(input)?.['StateValue'] === 'ALARM',
  ).length;
}

/** Returns null if Slack has one message about the storm, which was changed and now has these texts; or the difference. */
export function oneMessage(stage: Stage, ...wanted: readonly (string | RegExp)[]): string | null {
  const { posted } = stage.slack.channel;
  const about = posted.filter(
    ({ text }) => text.startsWith(':tornado:') || text.includes('A storm has ended'),
  );
  const [message] = about;
  if (message === undefined || about.length > 1 || message.thread !== undefined)
    return `Slack has ${about.length} messages about the storm, not 1 at the top`;
  if (message.updates === 0) return 'the message about the storm was never changed';
  const words = wordsOf(message.blocks);
  const missing = wanted.find((one) => (typeof one === 'string' ? !words.includes(one) : !one.test(words)));
  return missing === undefined ? null : `the message lacks ${String(missing)}:\n${words}`;
}

/** Returns null if no target has a question of its own, or else where one has. */
export function noOwnQuestion(stage: Stage): string | null {
  const published = publishedEvents(stage).some(({ type }) => type === 'Rollback Approval Requested');
  if (published) return 'a target has a question of its own on the bus';
  return channelWords(stage).some((words) => words.includes('[Approve]'))
    ? 'a target has a question of its own in Slack'
    : null;
}

/** Returns null if the root messages of threads in Slack are about these targets and about the storm, or else the difference. */
export function threadsOf(stage: Stage, ...targets: readonly string[]): string | null {
  const roots = stage.slack.channel.posted.filter(({ thread }) => thread === undefined);
  const about = roots.flatMap(({ text }) => /`([a-z0-9]+:[^`]+)`/.exec(text)?.[1] ?? []).sort();
  return differs('threads', about, targets);
}

/** Returns null if two values are the same, or else both. */
export function differs(what: string, is: unknown, wanted: unknown): string | null {
  const [one, other] = [textOf(is), textOf(wanted)];
  return one === other ? null : `${what}: ${one}, not ${other}`;
}

/** Returns JSON in which the order of an object's fields makes no difference. */
function textOf(value: unknown): string {
  const fields = asRecord(value);
  return JSON.stringify(fields === null ? value : Object.entries(fields).sort());
}
