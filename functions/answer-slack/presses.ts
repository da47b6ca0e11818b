import { logger } from '../../src/lambda/logger.ts';
import type { Request } from '../../src/rollback/request.ts';
import { BUTTON, readAnswer, readConfirm, type Answer, type Confirm } from '../../src/slack/buttons.ts';
import { code } from '../../src/slack/escape.ts';
import { denied, say } from '../../src/slack/messages/answers.ts';
import type { Press } from '../../src/slack/said.ts';
import type { Message } from '../../src/slack/web-api.ts';
import { acknowledge } from './acknowledge.ts';
import { onCommand } from './commands.ts';
import type { Desk } from './desk.ts';
import { turnPage } from './listing.ts';

/** Somebody pressed one of our buttons. A press that is none of ours is not answered. */
export async function onPress(desk: Desk, press: Press): Promise<void> {
  const { button, value, answerUrl } = press;
  if (button === BUTTON.cancel) {
    await desk.answerTo(answerUrl, say('Cancelled. Nothing was changed.'), { replace: true });
    return;
  }
  if (button === BUTTON.choose) {
    await desk.answerTo(answerUrl, say('Slack did not open the form in time: press Choose… again.'));
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
  const confirm = button === BUTTON.confirm ? readConfirm(value) : null;
  if (confirm !== null) {
    await acknowledge(desk, answerUrl, await onConfirm(desk, press, confirm), { replace: true });
    return;
  }
  const answer = button === BUTTON.approve || button === BUTTON.deny ? readAnswer(value) : null;
  if (answer === null) {
    logger.warn('not ours', { button });
    return;
  }
  // The question stays for everybody else; what became of it is told by the thread.
  await acknowledge(desk, answerUrl, await onAnswer(desk, press, answer));
}

/**
 * Starts the rollback, bound to the plan that was shown: the judge asks again when it has changed by then. A second
 * press starts nothing, because the first one named the execution.
 */
async function onConfirm({ may, starter, now }: Desk, press: Press, confirm: Confirm): Promise<Message> {
  const { target, reason, revision, plan } = confirm;
  if (press.user !== confirm.user) return say('Only who asked for a plan can confirm it.');
  if (!(await may(press.user, target))) return denied(target);
  const trigger = {
    type: 'request',
    id: `slack:${press.trigger}`,
    at: now(),
    by: `slack:${press.user}`,
    plan,
  } as const;
  const request: Request = { target, reason, trigger, ...(revision !== undefined && { revision }) };
  await starter.start(request);
  return say(`${code(target)} is being rolled back. The thread of it tells how it goes.`);
}

/** Says to whom pressed what became of it. */
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
    return say('The plan has changed since this was asked: answer the newer question.');
  if (askedAt !== undefined && question.about.askedAt !== askedAt)
    return say(
      'Another trigger came since this was asked, and it was judged again: answer the newer question.',
    );
  if (button === BUTTON.approve && question.about.approvals === 2 && question.askedBy === by)
    return say(`${code(target)} needs two people: somebody else must approve what you asked for.`);
  const answer = button === BUTTON.approve ? 'approved' : 'denied';
  const replied = await desk.reply(question.token, { answer, by, at: desk.now(), plan });
  return replied === 'answered' ? HEARD[answer] : tooLate;
}

const HEARD = {
  approved: say('Approved. The plan is made once more before anything is changed.'),
  denied: say('Denied. Nothing is changed.'),
} as const;

const tooLate = say(
  'Nothing waits for this answer any more: it was answered, its time is over, or another trigger came and it is being judged again.',
);
