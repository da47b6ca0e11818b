import { wordsOf } from '../../slack/channel.ts';
import type { People } from '../../slack/people.ts';
import { TARGET } from '../ecs/target.ts';
import type { Stage } from '../stage.ts';

/** People on call: Ada and Ben may touch the shop (Ben as one of a user group), Eve may touch nothing. */
export const ADA = 'U0ADA';
export const BEN = 'U0BEN';
export const EVE = 'U0EVE';
const GROUP = 'S0ONCALL';

/** Installs Slack, for the shop's targets if no others are named, and shows the conversation in the journal. */
export function installSlack(stage: Stage, targets: readonly string[] = ['ecs:prod/*']): People {
  const { channel } = stage.slack;
  channel.groups.set(GROUP, [BEN]);
  channel.onShow = (what) => stage.journal.note(`slack: ${what}`);
  return stage.slack.install(stage.runtime, [{ targets, users: [ADA], groups: [GROUP] }]);
}

/** Asks for a plan of the shop and waits until it is shown. */
export async function askForPlan(stage: Stage, people: People, user: string, words = ''): Promise<void> {
  const before = stage.slack.channel.whispers.length;
  await people.type(user, `${TARGET} ${words}`.trim());
  await stage.until('the plan is shown', () => stage.slack.channel.whispers.length > before, 5);
}

/** Waits until the channel is asked. */
export async function untilAsked(stage: Stage, limitMinutes = 30): Promise<void> {
  await stage.until('a question stands in Slack', () => said(stage).includes('[Approve]'), limitMinutes);
}

/** Whether a question that says this stands in the channel. */
export function asks(stage: Stage, what: string): boolean {
  const all = stage.slack.channel.posted.map(({ blocks }) => wordsOf(blocks));
  return all.some((words) => words.includes('[Approve]') && words.includes(what));
}

/** Everything that stands in the channel. */
export function said(stage: Stage): string {
  return stage.slack.channel.posted.map(({ blocks }) => wordsOf(blocks)).join('\n');
}

/** Everything that one person was told alone. */
export function whispered(stage: Stage, user: string): string {
  const to = stage.slack.channel.whispers.filter((whisper) => whisper.to === user);
  return to.map(({ blocks }) => wordsOf(blocks)).join('\n');
}

/** What is missing in a text, or null. */
export function lacks(text: string, ...wanted: readonly (string | RegExp)[]): string | null {
  const missing = wanted.find((one) => (typeof one === 'string' ? !text.includes(one) : !one.test(text)));
  return missing === undefined ? null : `Slack does not say ${String(missing)}, but:\n${text}`;
}

/** Null when the first event of this type on the bus says what changes between the revisions; else what it says. */
export function saysChanges(stage: Stage, type: string): string | null {
  const found = stage.runtime.bus.published.find(({ event }) => event['detail-type'] === type);
  const changes = JSON.stringify(found?.event.detail['changes']);
  return /image of checkout: .*checkout:v2 .* → .*checkout:v1 /.test(changes)
    ? null
    : `${type} says ${changes}`;
}
