import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { lastgood } from '../command.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { ADA, EVE, installSlack, lacks, privateText } from '../slack/oncall.ts';
import { executionName, firstPageLacks, pageLacks, pagesIn } from './pages.ts';

const FAULTY = { errorRate: 0.4 };
const BUTTON = 'Open the report';
const BACK = { outcome: 'rolled-back', served: true, writes: ['UpdateService'] } as const satisfies Ending;

/** Texts of the page of the main story. */
const SHOWN = [
  'Rolled back, and proven healthy',
  'What happened',
  'Alarm checkout-errors',
  'to the minute, from 02:12 to 02:16 UTC',
  'Health proven',
  'The measurements accuse the deployment of checkout:2',
  'image of checkout',
];

/** Scenarios about the report page of a rollback: who may open it, and by which way. */
export const reportScenarios: readonly Scenario[] = [
  {
    name: 'report-opened-in-slack',
    shows:
      'a person who may touch the target presses Open the report, and gets a link that works for five minutes',
    target: TARGET,
    async play(stage) {
      const people = await rolledBack(stage);
      await people.press(ADA, BUTTON, stage.slack.channel.posted);
      await stage.minutes(1);
      stage.journal.note(`the link shows ${await shownBy(linkTo(stage, ADA))}`);
      await stage.minutes(5);
      stage.journal.note(`later the link shows ${await shownBy(linkTo(stage, ADA))}`);
    },
    ends: {
      ...BACK,
      also: (stage) =>
        lacks(privateText(stage, ADA), 'Open the report', 'works for 5 minutes') ??
        says(stage, 'the link shows the page', 'later the link shows 403 Request has expired'),
    },
  },
  {
    name: 'report-refused-in-slack',
    shows: 'a person who may not touch the target presses Open the report, and is refused without a link',
    target: TARGET,
    async play(stage) {
      const people = await rolledBack(stage);
      await people.press(EVE, BUTTON, stage.slack.channel.posted);
      await stage.minutes(1);
    },
    ends: {
      ...BACK,
      also: (stage) =>
        lacks(privateText(stage, EVE), 'You may not touch `ecs:prod/checkout`') ??
        (linkTo(stage, EVE) === '' ? null : 'there is a link for a person who may not have one'),
    },
  },
  {
    name: 'report-by-the-command',
    shows:
      'lastgood report prints a fresh link; the link of the event says only how to open it, and IAM refuses strangers',
    target: TARGET,
    async play(stage) {
      await rolledBack(stage);
      const name = executionName(stage);
      const { status, out, problem } = await lastgood(stage, ['report', name]);
      stage.journal.note(`the command ends with ${status}${problem}`);
      stage.journal.note(`its link shows ${await shownBy(out.trim())}`);
      // The link holds for one page alone: another name under the same signature opens nothing.
      stage.journal.note(`another name shows ${await shownBy(out.trim().replace('ecs-', 'asg-'))}`);
      const refused = await lastgood(stage, ['report', name], 'pipeline');
      stage.journal.note(`a pipeline ends with ${refused.status}`);
      const none = await lastgood(stage, ['report', 'no-such-execution']);
      stage.journal.note(`no such execution ends with ${none.status}`);
      const pages = await Promise.all([name, 'no-such-execution'].map((one) => followed(stage, one)));
      stage.journal.note(`the link of the event shows ${new Set(pages).size} page`);
      const unsigned = await fetch(`${stage.runtime.api}/reports/${name}`, { method: 'POST' });
      stage.journal.note(`an unsigned request gets ${unsigned.status}`);
    },
    ends: {
      ...BACK,
      also: (stage) =>
        says(
          stage,
          'the command ends with 0',
          'its link shows the page',
          'another name shows 403 SignatureDoesNotMatch',
          'a pipeline ends with 3',
          'no such execution ends with 4',
          'the link of the event shows 1 page',
          'an unsigned request gets 403',
        ) ?? eventLinks(stage),
    },
  },
  {
    name: 'report-cannot-be-drawn',
    shows:
      'S3 takes no page: the rollback, its event and its thread are as usual, and the event waits in the dead letters',
    target: TARGET,
    async play(stage) {
      const error = new AwsError('InternalError', 'We encountered an internal error. Please try again.', 500);
      stage.runtime.wire.disturb.fail({ service: 's3', operation: 'PutObject', error }, Infinity);
      const people = await rolledBack(stage);
      await people.press(ADA, BUTTON, stage.slack.channel.posted);
      await stage.minutes(10);
    },
    ends: {
      ...BACK,
      also: (stage) =>
        lacks(privateText(stage, ADA), 'is not there yet') ??
        (pagesIn(stage).length === 0 ? null : 'there is a page') ??
        undelivered(stage),
    },
  },
  {
    name: 'report-without-metrics',
    shows: 'CloudWatch answers nothing when the page is drawn: the page says so, and has all the rest',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('the way back has settled', () => isAt(stage, 'Report'));
      const error = new AwsError('InternalServiceFault', 'Request processing has failed', 500);
      stage.runtime.wire.disturb.fail({ service: 'monitoring', operation: 'GetMetricData', error }, Infinity);
      await stage.aftermath();
    },
    ends: {
      ...BACK,
      also: (stage) =>
        firstPageLacks(
          stage,
          'CloudWatch did not show the metric of the alarm',
          'The measurements accuse the deployment of checkout:2',
        ),
    },
  },
  {
    name: 'report-of-a-skip',
    shows: 'the target is only observed: the report of the skip has the reasons, and no way back was begun',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { lastgood: 'observe' } });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      also: (stage) =>
        firstPageLacks(stage, 'Skipped: Lastgood changed nothing', 'Only observe', 'not begun'),
    },
  },
];

/** Plays the main story with Slack, to its end. */
async function rolledBack(stage: Stage): Promise<ReturnType<typeof installSlack>> {
  const shop = await openShop(stage);
  const people = installSlack(stage);
  shop.release('v2', FAULTY);
  await stage.aftermath();
  return people;
}

function isAt({ runtime }: Stage, state: string): boolean {
  return runtime.executions().some(({ states }) => states.some(({ name }) => name === state));
}

/** Returns the address of the link in Slack's private messages to a person; empty without one. */
function linkTo(stage: Stage, user: string): string {
  const [, address = ''] = /<(https?:[^|>]+)\|/.exec(JSON.stringify(whispersTo(stage, user))) ?? [];
  return address.replaceAll('&amp;', '&');
}

function whispersTo({ slack }: Stage, user: string): readonly unknown[] {
  return slack.channel.whispers.filter(({ to }) => to === user).map(({ blocks }) => blocks);
}

/** Follows a link as a browser does. Returns `the page`, or the refusal. */
async function shownBy(address: string): Promise<string> {
  if (address === '') return 'nothing';
  const answer = await fetch(address);
  const text = await answer.text();
  if (answer.status !== 200) {
    const [, code = '', message = ''] = /<Code>(\w+)<\/Code><Message>([^<]*)/.exec(text) ?? [];
    return `${answer.status} ${code === 'AccessDenied' ? message : code}`;
  }
  return pageLacks(text, ...SHOWN) ?? 'the page';
}

async function followed({ runtime }: Stage, name: string): Promise<string> {
  const answer = await fetch(`${runtime.api}/reports/${name}`);
  return `${answer.status} ${await answer.text()}`;
}

function says({ journal }: Stage, ...lines: readonly string[]): string | null {
  const all = journal.happenings().map(({ what }) => what);
  const missing = lines.find((line) => !all.includes(line));
  if (missing === undefined) return null;
  const near = all.filter((line) => line.slice(0, 12) === missing.slice(0, 12));
  return `not so: ${missing}, but ${near.join(' | ')}`;
}

/** The link in the event holds no credentials. */
function eventLinks({ runtime }: Stage): string | null {
  const links = runtime.bus.published.map(({ event }) => event.detail['report']).filter(Boolean);
  const name =
    /^https:\/\/[a-z0-9]+\.execute-api\.eu-west-1\.amazonaws\.com\/reports\/ecs-prod-checkout-[0-9a-f]{32}$/;
  return links.length === 1 && name.test(String(links[0])) ? null : `the links are ${JSON.stringify(links)}`;
}

/** The event of the end is in the dead letters, once. */
function undelivered({ runtime }: Stage): string | null {
  const letters = runtime.queues.messages('lastgood-prod-dead-letters').length;
  return letters === 1 ? null : `${letters} dead letters, not 1`;
}
