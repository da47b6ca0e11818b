import type { Entry } from '../../ledger/ledger.ts';
import type { RollbackRecord } from '../../ledger/claims.ts';
import { code, escape } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { clock, list, note, paragraph } from './blocks.ts';

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

export function unclear(problem: string, suggestions: readonly string[]): Message {
  const meant = suggestions.map((one) => code(`/rollback ${one}`));
  return say([escape(problem), ...(meant.length > 0 ? ['Did you mean', list(meant)] : [])].join('\n'));
}

/** What is known of one target, for the list. */
export interface Listed {
  readonly target: string;
  readonly entries: readonly Entry[];
  readonly isRunning: boolean;
}

/** What can be rolled back: what was deployed last, and what is last known good. */
export function targetsList(listed: readonly Listed[]): Message {
  if (listed.length === 0)
    return say(
      'Nothing is known yet that you may roll back: the first deployment of a tagged target will be.',
    );
  const text = `${listed.length} target${listed.length === 1 ? '' : 's'} that you may roll back`;
  const lines = listed.map(({ target, entries, isRunning }) =>
    [
      code(target),
      lastGood(entries),
      newest(entries),
      ...(isRunning ? ['*being rolled back now*'] : []),
    ].join(' · '),
  );
  return {
    text,
    blocks: [
      paragraph(`*${text}*`),
      paragraph(list(lines)),
      note(code('/rollback TARGET') + ' shows the plan'),
    ],
  };
}

function lastGood(entries: readonly Entry[]): string {
  const proven = entries.find(({ state }) => state === 'proven');
  return proven?.state === 'proven'
    ? `last known good ${code(proven.revision.name)}, proven ${clock(proven.provenAt)}`
    : 'nothing proven yet';
}

/** The ledger knows a candidate by its deployment only: its revision is looked up when its soak is over. */
function newest([entry]: readonly Entry[]): string {
  switch (entry?.state) {
    case 'proven':
      return 'deployed last';
    case 'condemned':
      return `condemned since: ${code(entry.revision.name)}`;
    case 'candidate':
      return `newer deployment of ${clock(entry.completedAt)} not proven yet`;
    case undefined:
      return 'no deployment seen';
  }
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
