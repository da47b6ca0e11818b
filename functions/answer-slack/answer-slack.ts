import { checkSignature, type Signed } from '../../src/slack/signature.ts';
import { readHandedOver } from '../../src/slack/handover.ts';
import { readSaid, type Said } from '../../src/slack/said.ts';
import { logger } from '../../src/lambda/logger.ts';
import { prose } from '../../src/slack/escape.ts';
import { goesBack, say } from '../../src/slack/messages/answers.ts';
import { planMessage } from '../../src/slack/messages/plan.ts';
import { readChecked, showCheck } from './checks.ts';
import { onCommand } from './commands.ts';
import { onForm } from './forms.ts';
import { answerAsker } from './asker.ts';
import { holderOf } from './holder.ts';
import { showList } from './listing.ts';
import { readLooked } from './lists.ts';
import { readPlanned, type PlanEnd } from './plans.ts';
import { onPress } from './presses.ts';
import type { Desk, OpenDesk } from './desk.ts';

/** Longer than any retry of the hand-over. On-slack has checked the age of the request already. */
const OLDEST_SECONDS = 2 * 3600;

/**
 * Handles a request from Slack, or shows the plan, the list or the check that it asked for.
 * @throws the error of Slack, Step Functions or a table; then Lambda retries
 */
export function answerSlack(open: () => Promise<OpenDesk | null>) {
  return async (event: unknown): Promise<'answered' | 'not set up' | 'ignored' | 'refused'> => {
    const desk = await open();
    if (desk === null) return 'not set up';
    const looked = readLooked(event);
    if (looked !== null) {
      await showList(desk, looked);
      return 'answered';
    }
    const checked = readChecked(event);
    if (checked !== null) {
      await showCheck(desk, checked);
      return 'answered';
    }
    const planned = readPlanned(event);
    if (planned !== null) return showPlan(desk, planned);
    const signed = readHandedOver(event, desk.secret);
    return signed === null ? 'ignored' : answer(desk, signed);
  };
}

async function answer(desk: OpenDesk, signed: Signed): Promise<'answered' | 'ignored' | 'refused'> {
  const seconds = Math.floor(Date.parse(desk.now()) / 1000);
  const signature = checkSignature(signed, desk.secret, seconds, OLDEST_SECONDS);
  if (signature !== 'genuine') {
    logger.warn('refused', { why: signature });
    return 'refused';
  }
  const said = readSaid(signed.body);
  if (said === null || said.kind === 'probe') return 'ignored';
  const saidAt = new Date(Number(signed.timestamp) * 1000).toISOString();
  await handle({ ...desk, saidAt }, said);
  return 'answered';
}

function handle(desk: Desk, said: Exclude<Said, { kind: 'probe' }>): Promise<void> {
  switch (said.kind) {
    case 'command':
      return onCommand(desk, said);
    case 'press':
      return onPress(desk, said);
    case 'form':
      return onForm(desk, said);
  }
}

async function showPlan(desk: OpenDesk, planned: PlanEnd): Promise<'answered'> {
  const { request, asker } = planned;
  const { target, reason, revision } = request;
  const holder = await holderOf(desk, target);
  // What runs in the middle of a way back is no base for another plan.
  if (holder?.writing === true) {
    await answerAsker(desk, asker, goesBack(holder));
    return 'answered';
  }
  const message =
    planned.state === 'planned'
      ? planMessage({ ...planned, target, reason, revision, user: asker.user })
      : say(`There is no plan: ${prose(planned.why, 1000)}`);
  await answerAsker(desk, asker, message);
  return 'answered';
}
