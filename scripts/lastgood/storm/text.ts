import type { Detail } from '../../../src/events/details.ts';
import type { Storm } from '../../../src/ledger/storms.ts';
import { minuteOf, tableOf } from '../table.ts';

export type Shown = Detail<'Rollback Storm Updated'>;

/** Returns the state of a storm as it was published last; null: it gathers, and nothing was published yet. */
export function shownOf({ shown }: Storm): Shown | null {
  return shown === undefined ? null : (shown as Shown);
}

/** Formats the storms that have not ended. */
export function listText(storms: readonly Storm[]): string {
  if (storms.length === 0) return 'There is no storm.';
  return tableOf([['STORM', 'SINCE', 'STATE', 'ALARMING', 'WAITING', 'OWN PROOF'], ...storms.map(rowOf)]);
}

function rowOf(storm: Storm): readonly string[] {
  const shown = shownOf(storm);
  const numbers = shown && [shown.alarming, shown.choices.all, shown.choices.own].map(String);
  return [storm.id, minuteOf(storm.since), shown?.state ?? 'gathering', ...(numbers ?? ['', '', ''])];
}

/** Formats one storm. */
export function stormText(storm: Storm): string {
  const shown = shownOf(storm);
  if (shown === null) return `${storm.id} gathers since ${minuteOf(storm.since)} UTC.`;
  const { says, counts, unanswered, choices, examples, dirty, answer, answerBy } = shown;
  const more = choices.all - examples.length;
  return [
    `${storm.id}: ${shown.state}`,
    says,
    ...(choices.all === 0
      ? []
      : [
          `${choices.all} wait for an answer, ${choices.own} of them with their own proof` +
            `${answerBy === undefined ? '' : `, the first until ${answerBy}`}:`,
          `${examples.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
        ]),
    ...(answer === undefined ? [] : [answerText(answer)]),
    `${counts.goingBack} go back, ${counts.rolledBack} are rolled back, ${counts.skipped} were skipped, ` +
      `${counts.failedClean} could not go back, ${counts.failedDirty} need a person`,
    ...(unanswered === 0 ? [] : [`${unanswered} had no answer in time`]),
    ...(dirty.length === 0 ? [] : [`A person must look at ${dirty.join(', ')}`]),
  ].join('\n');
}

function answerText({ choice, by, at, targets, leftOut }: NonNullable<Shown['answer']>): string {
  const left = leftOut.forbidden + leftOut.twoPeople;
  return `${by} answered "${choice}" at ${at}: ${targets} targets${left === 0 ? '' : `, and ${left} left out`}`;
}
