import { wordsOf } from '../../slack/channel.ts';
import type { People } from '../../slack/people.ts';
import { TARGET } from '../ecs/target.ts';
import type { Stage } from '../stage.ts';

/** People on call: Ada and Ben may touch the shop (Ben as a member of a user group), Eve may touch nothing. */
export const ADA = 'U0ADA';
export const BEN = 'U0BEN';
export const EVE = 'U0EVE';
const GROUP = 'S0ONCALL';

/** Installs Slack, by default for the shop's targets, and shows the conversation in the journal. */
export function installSlack(stage: Stage, targets: readonly string[] = ['ecs:prod/*']): People {
  const { channel } = stage.slack;
  channel.groups.set(GROUP, [BEN]);
  channel.onShow = (what, shown) => stage.journal.note(`slack: ${what}`, undefined, { kind: 'slack', shown });
  return stage.slack.install(stage.runtime, [{ targets, users: [ADA], groups: [GROUP] }]);
}

/** Asks for a plan of the shop and waits until Slack shows it. */
export async function askForPlan(stage: Stage, people: People, user: string, words = ''): Promise<void> {
  const before = stage.slack.channel.whispers.length;
  await people.type(user, `${TARGET} ${words}`.trim());
  await stage.until('the plan is shown', () => stage.slack.channel.whispers.length > before, 5);
}

/** Waits until the channel has a question. */
export async function untilAsked(stage: Stage, limitMinutes = 30): Promise<void> {
  await stage.until('a question is in Slack', () => channelText(stage).includes('[Approve]'), limitMinutes);
}

/** Returns whether the channel has a question with this text. */
export function asks(stage: Stage, what: string): boolean {
  const all = stage.slack.channel.posted.map(({ blocks }) => wordsOf(blocks));
  return all.some((words) => words.includes('[Approve]') && words.includes(what));
}

/** Says whether a message is about an alarm on Lastgood itself, such as one on an outage of Slack. */
export function isOfOwnAlarm(words: string): boolean {
  return words.includes('Lastgood itself: the alarm');
}

/** Returns all messages of the channel. */
export function channelText(stage: Stage): string {
  return stage.slack.channel.posted.map(({ blocks }) => wordsOf(blocks)).join('\n');
}

/** Returns all private messages to one person. */
export function privateText(stage: Stage, user: string): string {
  const to = stage.slack.channel.whispers.filter((whisper) => whisper.to === user);
  return to.map(({ blocks }) => wordsOf(blocks)).join('\n');
}

/** Returns what is missing in a text, or null. */
export function lacks(text: string, ...wanted: readonly (string | RegExp)[]): string | null {
  const missing = wanted.find((one) => (typeof one === 'string' ? !text.includes(one) : !one.test(text)));
  return missing === undefined ? null : `Slack does not say ${String(missing)}, but:\n${text}`;
}

/**
 * Returns null if the first event of this type on the bus has the expected changes between the revisions, or else its
 * changes.
 */
export function saysChanges(stage: Stage, type: string): string | null {
  const found = stage.runtime.bus.published.find(({ event }) => event['detail-type'] === type);
  const changes = JSON.stringify(found?.event.detail['changes']);
  return /image of checkout: .*checkout:v2 .* → .*checkout:v1 /.test(changes)
    ? null
    : `${type} says ${changes}`;
}
