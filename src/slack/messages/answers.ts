import { nameOf } from '../../aws/reports.ts';
import type { RollbackRecord } from '../../ledger/claims.ts';
import type { Freeze } from '../../ledger/freezes.ts';
import { BUTTON } from '../buttons.ts';
import { clipped, code, escape, moment, person } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { buttons, clock, list, note, paragraph } from './blocks.ts';

/** Returns a message of one paragraph. `text` is escaped already. */
export function say(text: string): Message {
  return { text, blocks: [paragraph(text)] };
}

/**
 * A signed link has the token of a session, and a block has no room for a longer link beside its words.
 * Unknown: session-token-length.
 */
const MAX_LINK_CHARACTERS = 2_600;

export const USAGE = say(
  [
    '*Commands*',
    list([
      '`/rollback` lists the targets that you may roll back',
      '`/rollback ecs:prod/checkout because it hurts` shows the plan first',
      '`/rollback ecs:prod/checkout to REVISION` goes back to another revision than the last known good',
      '`/rollback status` lists the rollbacks that run now',
      '`/rollback freeze ecs:prod/checkout 2h because …` makes automatic rollbacks ask first; `until 2026-11-22T06:00Z` also ends it',
      '`/rollback unfreeze ecs:prod/checkout` ends the freeze',
      '`/rollback readiness ecs:prod/checkout` checks now whether a rollback would work, and what to cure',
      '`/rollback pause because …` keeps Lastgood from changing anything',
      '`/rollback resume` ends the pause',
    ]),
  ].join('\n'),
);

/** Returns the same words for an unknown target and for a forbidden one, so that no person learns names by asking. */
export function denied(target: string): Message {
  return say(
    `You may not touch ${code(target)}. The parameter \`access\` of Lastgood's Slack settings says who may.`,
  );
}

/** Returns why a command could not be parsed, with a button for each command that the person may have meant. */
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

/**
 * Returns the link to a report. Slack shows it to one person, and it works for anyone who has it until it expires. S3
 * refuses a link that was cut, so instead of a link that is too long, the command that fetches a fresh one is shown.
 */
export function reportLink(target: string, execution: string, url: string, minutes: number): Message {
  const link = escape(url, url.length);
  return link.length <= MAX_LINK_CHARACTERS
    ? say(`<${link}|Open the report> of ${code(target)}. The link works for ${minutes} minutes.`)
    : say(
        `The link to the report of ${code(target)} is too long for Slack. Run ${code(`npx --no-install lastgood report ${nameOf(execution)}`)} in a terminal with AWS credentials.`,
      );
}

export function started(target: string): Message {
  return say(`The rollback of ${code(target)} has started. Its thread shows the progress.`);
}

/** Returns the answer to a person who asks for a rollback of a target that another one holds. */
export function joins({ target, startedAt, request }: RollbackRecord): Message {
  return say(
    `A rollback of ${code(target)} is under way since ${clock(startedAt)}: ${escape(request.reason, 200)}. Your request joins it, and is taken up after it if it changes nothing.`,
  );
}

/** Returns the answer to a person who asks for a plan while Lastgood goes back. */
export function goesBack({ target, startedAt, request }: RollbackRecord): Message {
  return say(
    `Lastgood is going back with ${code(target)} since ${clock(startedAt)}: ${escape(request.reason, 200)}. Its thread shows the progress. Ask again after its end.`,
  );
}

export function runningList(records: readonly RollbackRecord[]): Message {
  if (records.length === 0) return say('No rollback runs now.');
  return say(
    list(
      records.map(
        ({ target, startedAt, request }) =>
          `${code(target)} since ${clock(startedAt)}: ${escape(request.reason, 200)}`,
      ),
    ),
  );
}

export const mayNotPause = say(
  "You may not pause Lastgood. A rule of the parameter `access` of Lastgood's Slack settings must name `pause`.",
);

/** Returns a message with notes below it. */
export function withNotes({ text, blocks }: Message, notes: readonly string[]): Message {
  return { text, blocks: [...blocks, ...notes.map((one) => note(one))] };
}

/** Says of a target that it is frozen, until when, by whom and why. */
export function frozenLine(freeze: Freeze): string {
  return `${code(freeze.target)} is ${frozenSince(freeze)}`;
}

/** Says since when, until when, by whom and why a target is frozen. */
export function frozenSince({ at, until, by, reason }: Freeze): string {
  const end = until === undefined ? '' : ` until ${moment(until)}`;
  return `frozen since ${moment(at)}${end} by ${person(by)}: ${escape(reason, 200)}`;
}
