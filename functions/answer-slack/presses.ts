import { logger } from '../../src/lambda/logger.ts';
import type { Request } from '../../src/rollback/request.ts';
import {
  BUTTON,
  readAnswer,
  readConfirm,
  readOfReport,
  readOfStorm,
  type Answer,
  type Confirm,
} from '../../src/slack/buttons.ts';
import { code } from '../../src/slack/escape.ts';
import { denied, joins, say, started, withNotes } from '../../src/slack/messages/answers.ts';
import { triggerIdOf, type Press } from '../../src/slack/said.ts';
import type { Message } from '../../src/slack/web-api.ts';
import { acknowledge } from './acknowledge.ts';
import { onCommand } from './commands.ts';
import type { Desk } from './desk.ts';
import { onReport } from './on-report.ts';
import { onStorm } from './on-storm.ts';
import { holderOf } from './holder.ts';
import { turnPage } from './listing.ts';
import { pauseNotes } from './pausing.ts';

/** Handles a press of one of Lastgood's buttons. Logs the press of an unknown button. */
export async function onPress(desk: Desk, press: Press): Promise<void> {
  const { button, value, answerUrl } = press;
  if (button === BUTTON.cancel) {
    await desk.answerTo(answerUrl, say('Cancelled. Lastgood changed nothing.'), { replace: true });
    return;
  }
  if (button === BUTTON.choose) {
    await desk.answerTo(answerUrl, say('The form did not open in time. Press Choose… again.'));
    return;
  }
  if (button.startsWith(`${BUTTON.say}.`)) {
    await onCommand(desk, { ...press, kind: 'command', text: value });
    return;
  }
  if (button.startsWith(`${BUTTON.page}.`)) {
    const message = await turnPage(desk, press);
    if (message !== null) await desk.answerTo(answerUrl, message, { replace: true });
    return;
  }
  const ofReport = button === BUTTON.report ? readOfReport(value) : null;
  if (ofReport !== null) {
    await desk.answerTo(answerUrl, await onReport(desk, press, ofReport));
    return;
  }
  const confirm = button === BUTTON.confirm ? readConfirm(value) : null;
  if (confirm !== null) {
    await acknowledge(desk, answerUrl, await onConfirm(desk, press, confirm), { replace: true });
    return;
  }
  if (button.startsWith(`${BUTTON.storm}.`)) {
    const ofStorm = readOfStorm(value);
    if (ofStorm !== null) await acknowledge(desk, answerUrl, await onStorm(desk, press, ofStorm));
    return;
  }
  const answer = button === BUTTON.approve || button === BUTTON.deny ? readAnswer(value) : null;
  if (answer === null) {
    logger.warn('unknown button', { button });
    return;
  }
  // The question stays, because notify-slack updates it in the thread.
  await acknowledge(desk, answerUrl, await onAnswer(desk, press, answer));
}

/**
 * Starts the rollback, bound to the plan and the objections that were shown: the judge asks again about others. A second
 * press starts nothing, because the first one named the execution.
 */
async function onConfirm(desk: Desk, press: Press, confirm: Confirm): Promise<Message> {
  const { may, starter, now } = desk;
  const { target, reason, revision, plan, shown } = confirm;
  if (press.user !== confirm.user) return say('Only the person who requested this plan can confirm it.');
  if (!(await may(press.user, target))) return denied(target);
  const trigger = {
    type: 'request',
    id: triggerIdOf(press),
    at: now(),
    by: `slack:${press.user}`,
    plan,
    ...(shown !== undefined && { confirmed: shown }),
  } as const;
  const request: Request = { target, reason, trigger, ...(revision !== undefined && { revision }) };
  const [holder] = await Promise.all([holderOf(desk, target, trigger.id), starter.start(request)]);
  return holder === null ? started(target) : joins(holder);
}

/** Answers the question, and returns the result for the person who pressed. */
async function onAnswer(
  desk: Desk,
  { user, button }: Press,
  { target, execution, plan, askedAt }: Answer,
): Promise<Message> {
  if (!(await desk.may(user, target))) return denied(target);
  const question = await desk.questions.of(target, execution);
  if (question === null) return tooLate;
  const by = `slack:${user}`;
  if (question.about.plan !== plan)
    return say('The plan has changed since this was asked. Answer the newer question.');
  if (askedAt !== undefined && question.about.askedAt !== askedAt)
    return say('Something new came since this was asked, so it was judged again. Answer the newer question.');
  if (button === BUTTON.approve && question.about.approvals === 2 && question.askedBy === by)
    return say(`${code(target)} needs two people: another person must approve your request.`);
  const answer = button === BUTTON.approve ? 'approved' : 'denied';
  const replied = await desk.reply(question.token, { answer, by, at: desk.now(), plan });
  if (replied !== 'answered') return tooLate;
  return answer === 'approved' ? withNotes(HEARD[answer], await pauseNotes(desk)) : HEARD[answer];
}

const HEARD = {
  approved: say('Approved. Lastgood plans once more before it changes anything.'),
  denied: say('Denied. Lastgood changes nothing.'),
} as const;

const tooLate = say(
  'No rollback waits for this answer. It was answered, it timed out, or another trigger came and it is being judged again.',
);
