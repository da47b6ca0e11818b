import { LINK_SECONDS } from '../../src/aws/reports.ts';
import type { OfReport } from '../../src/slack/buttons.ts';
import { code } from '../../src/slack/escape.ts';
import { denied, reportLink, say } from '../../src/slack/messages/answers.ts';
import type { Press } from '../../src/slack/said.ts';
import type { Message } from '../../src/slack/web-api.ts';
import type { Desk } from './desk.ts';

/** Returns a fresh link to the report, for the person who pressed alone. */
export async function onReport(
  { may, reports }: Pick<Desk, 'may' | 'reports'>,
  { user }: Pick<Press, 'user'>,
  { target, execution }: OfReport,
): Promise<Message> {
  if (!(await may(user, target))) return denied(target);
  const link = await reports.link(execution);
  return link === null
    ? say(`The report of ${code(target)} is not there yet. Press again in a minute.`)
    : reportLink(target, execution, link.url, LINK_SECONDS / 60);
}
