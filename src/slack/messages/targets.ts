import { lastKnownGood } from '../../ledger/last-known-good.ts';
import type { Freeze } from '../../ledger/freezes.ts';
import type { Entry } from '../../ledger/ledger.ts';
import type { UnderWay } from '../../ledger/under-way.ts';
import { endedAs } from '../../rollback/ended-as.ts';
import type { Runs } from '../../rollback/runs.ts';
import { BUTTON } from '../buttons.ts';
import { code, moment } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { frozenSince, say } from './answers.ts';
import { buttons, fits, note, paragraph, paragraphs, type Button } from './blocks.ts';

/** A target in the list. */
export interface Listed {
  readonly target: string;
  readonly entries: readonly Entry[];
  /** What the target ran when the list was made; null: not known. */
  readonly runs: Runs | null;
  /** Null: no rollback of it is under way. */
  readonly underWay: UnderWay | null;
  /** Null: it is not frozen. */
  readonly freeze: Freeze | null;
}

/** One page of the list of targets. */
export interface TargetsPage {
  readonly listed: readonly Listed[];
  /** Position of the page's first target among all targets, counted from 0. */
  readonly first: number;
  /** Number of targets on all pages. */
  readonly total: number;
  /** Number of targets that are read for a page. */
  readonly size: number;
  /** True if the tags could not be read. */
  readonly unread: boolean;
  /** What holds for all targets. */
  readonly notes: readonly string[];
}

const UNREAD = 'The tags could not be read. Targets that were never deployed may be missing.';

export function nothingKnown(unread: boolean): Message {
  const nothing = 'Lastgood knows no target that you may roll back. Tag one with `lastgood`.';
  return say(unread ? `${nothing}\n${UNREAD}` : nothing);
}

/**
 * Returns a page of targets: the running revision of each, and the last known good one. A page has as many targets as
 * fit into one message. The next page begins with the first one that did not fit.
 */
export function targetsList(page: TargetsPage): Message {
  for (let count = page.listed.length; ; count--) {
    const message = listOf({ ...page, listed: page.listed.slice(0, count) });
    if (count <= 1 || fits(message)) return message;
  }
}

function listOf(page: TargetsPage): Message {
  const { listed, first, total, unread, notes } = page;
  const which = listed.length < total ? `: ${first + 1} to ${first + listed.length}` : '';
  const text = `${total} target${total === 1 ? '' : 's'} that you may roll back${which}`;
  return {
    text,
    blocks: [
      paragraph(`*${text}*`),
      ...notes.map((one) => note(one)),
      ...paragraphs(listed.map(lineOf)),
      note([asOf(listed), `${code('/rollback TARGET')} shows the plan`].join(' · ')),
      ...(unread ? [note(UNREAD)] : []),
      buttons({ id: BUTTON.choose, label: 'Choose…', value: 'choose' }, ...turns(page)),
    ],
  };
}

function lineOf({ target, entries, runs, underWay, freeze }: Listed): string {
  const parts = [
    code(target),
    present(runs),
    lastGood({ entries, runs, underWay }),
    ...(runs !== null && runs.tag === null ? ['not tagged'] : []),
    ...(freeze === null ? [] : [frozenSince(freeze)]),
    ...(underWay === null ? [] : [`*${UNDER_WAY[underWay]}*`]),
  ];
  return `• ${parts.join(' · ')}`;
}

const UNDER_WAY: Readonly<Record<UnderWay, string>> = {
  'goes-on': 'being rolled back now',
  answer: 'a rollback waits for an answer',
  pause: 'a rollback is paused',
};

function present(runs: Runs | null): string {
  if (runs === null) return 'not known what runs';
  const { newest, revision } = runs;
  const is = revision === null ? 'not known what runs' : `runs ${code(revision.name)}`;
  if (newest === null) return is;
  const name = code(newest.revision.name);
  switch (newest.state) {
    case 'completed':
      return newest.revision.id === revision?.id ? `${is}, deployed ${moment(newest.startedAt)}` : is;
    case 'in-flight':
      return `${name} is being rolled out since ${moment(newest.startedAt)}`;
    case 'rolling-back':
      return `AWS is rolling ${name} back`;
    case 'failed':
      return `${is} · the deployment of ${name} of ${moment(newest.startedAt)} ${endedAs(newest)}`;
  }
}

function lastGood({ entries, runs, underWay }: Pick<Listed, 'entries' | 'runs' | 'underWay'>): string {
  const proven = lastKnownGood(entries, runs, underWay !== null);
  if (proven !== null)
    return `last known good ${code(proven.revision.name)}, proven ${moment(proven.provenAt)}`;
  return runs?.back == null ? 'nothing proven yet' : `would go back to ${code(runs.back.name)}, not proven`;
}

/** Returns the oldest time at which a target was read, because each target is read at its own time. */
function asOf(listed: readonly Listed[]): string {
  const [oldest] = listed.flatMap(({ runs }) => (runs === null ? [] : [runs.at])).sort();
  return oldest === undefined
    ? 'running revisions could not be read'
    : `running revisions as of ${moment(oldest)}`;
}

function turns({ listed, first, total, size }: TargetsPage): readonly Button[] {
  const to = (target: number, label: string, id: string) => ({ id, label, value: String(target) });
  const next = first + listed.length;
  return [
    ...(first > 0 ? [to(Math.max(0, first - size), 'Earlier', `${BUTTON.page}.earlier`)] : []),
    ...(next < total ? [to(next, 'More', `${BUTTON.page}.more`)] : []),
  ];
}
