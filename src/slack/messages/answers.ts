import type { RollbackRecord } from '../../ledger/claims.ts';
import { BUTTON } from '../buttons.ts';
import { clipped, code, escape } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { buttons, clock, list, paragraph } from './blocks.ts';

/** One paragraph, for the person who asked. `text` is escaped already. */
export function say(text: string): Message {
  return { text, blocks: [paragraph(text)] };
}

export const USAGE = say(
  [
    '*What you can say*',
    list([
      '`/rollback` what can be rolled back, and to what',
      '`/rollback ecs:prod/checkout because it hurts` shows the plan first',
      '`/rollback ecs:prod/checkout to REVISION` goes back to another revision than the last known good',
      '`/rollback status` what is being rolled back now',
      '`/rollback freeze ecs:prod/checkout reason` and `/rollback unfreeze ecs:prod/checkout`',
    ]),
  ].join('\n'),
);

/** The same words for a target that is not there and for one that is not yours: nobody learns names by asking. */
export function denied(target: string): Message {
  return say(
    `You may not touch ${code(target)}. Who may is in the parameter \`access\` of Lastgood's Slack settings.`,
  );
}

/** What was not understood, and a button for each command that may have been meant. */
export function unclear(problem: string, suggestions: readonly string[]): Message {
  const text = escape(problem);
  const meant = suggestions.map((one, index) => ({
    id: `${BUTTON.say}.${index}`,
    label: clipped(`/rollback ${one}`, 75),
    value: one,
  }));
  const choose = { id: BUTTON.choose, label: 'Choose…', value: 'choose' };
  return {
    text,
    blocks: [
      paragraph(meant.length > 0 ? `${text}\nDid you mean` : text),
      buttons(...meant.filter(({ value }) => value.length <= 2000), choose),
    ],
  };
}

export function runningList(records: readonly RollbackRecord[]): Message {
  if (records.length === 0) return say('Nothing is being rolled back.');
  return say(
    list(
      records.map(
        ({ target, startedAt, request }) =>
          `${code(target)} since ${clock(startedAt)}: ${escape(request.reason, 200)}`,
      ),
    ),
  );
}
