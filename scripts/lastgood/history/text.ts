import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import { rehearsalOf } from '../../../src/rollback/request.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { UnderWay } from '../../../src/ledger/under-way.ts';
import { minuteOf, tableOf } from '../table.ts';
import type { History } from './read.ts';

type Decided = Extract<Entry, { readonly state: 'proven' | 'condemned' }>;

/** Returns the history as `--json` writes it. */
export function toJson({ records, entries, target }: History): object {
  const rollbacks = records.map((record) => ({
    target: record.target,
    execution: nameOf(record),
    arn: record.execution,
    startedAt: record.startedAt,
    automatic: record.automatic,
    reason: record.request.reason,
    saw: sawBy(record),
    rehearsal: rehearsalOf(record.request)?.way ?? null,
    measured: record.measured ?? null,
    from: revisionOf(record.from, entries),
    to: revisionOf(record.to, entries),
    outcome: record.outcome ?? null,
    waitsFor: record.waitsFor ?? null,
  }));
  return target === null
    ? { rollbacks }
    : { rollbacks, revisions: entries.filter(isDecided).map(decisionOf) };
}

/** Formats the history for a terminal. */
export function toText({ records, entries, target }: History): string {
  const rollbacks =
    records.length === 0
      ? 'No rollback began within these days.'
      : tableOf([HEAD, ...records.map((record) => rowOf(record, entries))]);
  const decided = entries.filter(isDecided);
  if (target === null || decided.length === 0) return rollbacks;
  const lines = decided.map((entry) => {
    const { at, name, state, evidence } = decisionOf(entry);
    return [minuteOf(at), name, state, evidence[0] ?? ''];
  });
  return `${rollbacks}\n\n${tableOf([['DECIDED', 'REVISION', 'STATE', 'EVIDENCE'], ...lines])}`;
}

const HEAD = ['STARTED', 'TARGET', 'OUTCOME', 'FROM', 'TO', 'EXECUTION', 'REASON'];

function rowOf(record: RollbackRecord, entries: readonly Entry[]): readonly string[] {
  const { target, startedAt, from, to, outcome, request } = record;
  return [
    minuteOf(startedAt),
    target,
    outcome?.state ?? UNDER_WAY[record.waitsFor ?? 'goes-on'],
    revisionOf(from, entries)?.name ?? '-',
    revisionOf(to, entries)?.name ?? '-',
    nameOf(record),
    [outcome?.reason ?? request.reason, ...causeText(record), ...sawText(record)]
      .join(' ')
      .replaceAll(/\s+/g, ' '),
  ];
}

const UNDER_WAY: Readonly<Record<UnderWay, string>> = {
  'goes-on': 'running',
  answer: 'waits for an answer',
  pause: 'paused',
};

/** Returns what the lookout that started the rollback saw; null: another trigger did. */
function sawBy({ request: { trigger } }: RollbackRecord): readonly string[] | null {
  return trigger?.type === 'lookout' ? trigger.saw : null;
}

function sawText(record: RollbackRecord): readonly string[] {
  const saw = sawBy(record) ?? [];
  return saw.length === 0 ? [] : ['The lookout saw:', ...saw];
}

function causeText({ outcome }: RollbackRecord): readonly string[] {
  return outcome?.cause === undefined ? [] : [`Likely cause: ${outcome.cause.says}`];
}

function nameOf({ execution }: RollbackRecord): string {
  return execution.slice(execution.lastIndexOf(':') + 1);
}

/** Returns a revision as the ledger names it. A revision that the ledger does not know is named by its id. */
function revisionOf(id: string | undefined, entries: readonly Entry[]) {
  if (id === undefined) return null;
  const known = entries.filter(isDecided).find(({ revision }) => revision.id === id);
  return known?.revision ?? { id, name: id };
}

function isDecided(entry: Entry): entry is Decided {
  return entry.state === 'proven' || entry.state === 'condemned';
}

function decisionOf(entry: Decided) {
  const { revision, state, evidence } = entry;
  return { ...revision, state, at: entry.state === 'proven' ? entry.provenAt : entry.condemnedAt, evidence };
}
