import { planHash } from '../../approvals/plan-hash.ts';
import { BUTTON, type Answer } from '../buttons.ts';
import { code, person, prose, sentence } from '../escape.ts';
import { isSuperseded } from '../superseded.ts';
import type { Story } from '../threads.ts';
import type { Message } from '../web-api.ts';
import { buttons, clock, note, only, paragraph } from './blocks.ts';
import { changesOf, rungsOf } from './plan.ts';

/** Returns the question, with its buttons while it is open. */
export function questionOf(story: Story): Message {
  const { question, stopped, reverted, ended } = story;
  if (question === undefined) return only('');
  const { target, execution, from, to, rungs, changes, askedAt, answerBy, onSilence, paused, again } =
    question;
  const approval = stopped?.approval ?? ended?.approval;
  const ask = `Go back from ${code(from.name)} to ${code(to.name)}?`;
  const silence = onSilence === 'go' ? 'Lastgood goes back' : 'Lastgood does nothing';
  if (isSuperseded(story)) return only(`${ask} ${JUDGED_AGAIN}`);
  if (approval !== undefined) return only(`${ask} ${person(approval.by)} ${approval.answer} it.`);
  if (stopped !== undefined || ended !== undefined) return only(`${ask} It was not answered in time.`);
  // Events may arrive out of order: the Stopped event carries the answer.
  if (reverted !== undefined) return only(`${ask} This was answered.`);
  const value = JSON.stringify({ target, execution, plan: planHash(question), askedAt } satisfies Answer);
  return {
    text: `${code(target)}: ${ask}`,
    blocks: [
      paragraph(`*${ask}*\nAnswer by ${clock(answerBy)}. Without an answer, ${silence}.`),
      ...(again === undefined ? [] : question.reasons.slice(0, 1).map((why) => paragraph(sentence(why)))),
      ...(rungs === undefined ? [] : [paragraph(rungsOf(rungs))]),
      ...changesOf(changes),
      ...(paused === undefined ? [] : [note(prose(`${paused}. An approved rollback waits for its end.`))]),
      buttons(
        { id: BUTTON.approve, label: 'Approve', style: 'danger', value },
        { id: BUTTON.deny, label: 'Deny', value },
      ),
    ],
  };
}

const JUDGED_AGAIN = 'Something new came since this was asked, so it was judged again.';

/**
 * Texts that replace a question which another one follows. The new question is a separate message, because a post
 * notifies.
 */
export const QUESTION_CLOSED = {
  'plan changed': only('The plan has changed since this was asked. See the newer question below.'),
  'judged again': only(`${JUDGED_AGAIN} See the newer question below.`),
} as const;
