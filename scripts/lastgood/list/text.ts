import { lastKnownGood } from '../../../src/ledger/last-known-good.ts';
import type { UnderWay } from '../../../src/ledger/under-way.ts';
import { endedAs } from '../../../src/rollback/ended-as.ts';
import type { Runs } from '../../../src/rollback/runs.ts';
import { COMMAND_LINE } from '../help.ts';
import type { ListedHere } from './read.ts';
import { minuteOf, tableOf } from '../table.ts';

/** Returns one target as `--json` writes it. Null: not known, or there is none. */
export function toJson({ target, entries, runs, underWay, halfDone, freeze }: ListedHere) {
  const good = lastKnownGood(entries, runs, underWay !== null);
  return {
    target,
    tag: runs?.tag ?? null,
    runs: runs?.revision ?? null,
    newest: runs?.newest ?? null,
    lastKnownGood: good === null ? null : { ...good.revision, provenAt: good.provenAt },
    wouldGoBackTo: runs?.back ?? null,
    isBeingRolledBack: underWay === 'goes-on',
    waitsFor: underWay === 'goes-on' ? null : underWay,
    freeze,
    rehearsal: halfDone?.execution ?? null,
    at: runs?.at ?? null,
  };
}

/** Formats the list of the targets that begin with a prefix, for a terminal. */
export function toText(listed: readonly ListedHere[], prefix = ''): string {
  if (listed.length === 0)
    return prefix === ''
      ? 'There is no target: nothing is tagged lastgood, and the ledger is empty.'
      : `No target begins with ${JSON.stringify(prefix)}: leave PREFIX out to see all.`;
  return tableOf([['TARGET', 'TAG', 'RUNS', 'LAST KNOWN GOOD'], ...listed.map(rowOf)]);
}

function rowOf({ target, entries, runs, underWay, halfDone, freeze }: ListedHere): readonly string[] {
  return [
    target,
    runs === null ? 'not known' : (runs.tag ?? 'none'),
    `${present(runs)}${underWay === null ? rehearsed(halfDone) : `, ${UNDER_WAY[underWay]}`}${frozen(freeze)}`,
    lastGood({ entries, runs, underWay }),
  ];
}

const UNDER_WAY: Readonly<Record<UnderWay, string>> = {
  'goes-on': 'being rolled back',
  answer: 'a rollback waits for an answer',
  pause: 'a rollback is paused',
};

/** Names a target that a rehearsal left on its last known good. */
function rehearsed(halfDone: ListedHere['halfDone']): string {
  if (halfDone === null) return '';
  return `, by a rehearsal: ${COMMAND_LINE} rehearse ${halfDone.target} --forward`;
}

/** Says until when a target is frozen. */
function frozen(freeze: ListedHere['freeze']): string {
  if (freeze === null) return '';
  return freeze.until === undefined ? ', frozen' : `, frozen until ${minuteOf(freeze.until)}`;
}

function present(runs: Runs | null): string {
  if (runs === null) return 'not known';
  const { newest, revision } = runs;
  const is = revision?.name ?? 'not known';
  switch (newest?.state) {
    case undefined:
    case 'completed':
      return is;
    case 'in-flight':
      return `${newest.revision.name} in flight`;
    case 'rolling-back':
      return `${newest.revision.name} being rolled back by AWS`;
    case 'failed':
      return `${is} (${newest.revision.name} ${endedAs(newest)})`;
  }
}

function lastGood({ entries, runs, underWay }: Pick<ListedHere, 'entries' | 'runs' | 'underWay'>): string {
  const good = lastKnownGood(entries, runs, underWay !== null);
  if (good !== null) return `${good.revision.name}, proven ${minuteOf(good.provenAt)}`;
  return runs?.back == null ? 'nothing proven' : `nothing proven; would go back to ${runs.back.name}`;
}
