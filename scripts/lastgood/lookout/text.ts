import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { minuteOf, tableOf } from '../table.ts';
import { countsOf, type Beside, type Counts } from './beside-alarms.ts';

/** The followed deployments of a target. */
export interface Followed {
  readonly target: string;
  readonly since: Instant;
  /** Newest first. */
  readonly all: readonly Beside[];
}

/** Returns the lookouts as `--json` writes them. docs/command-line.md describes the shape. */
export function toJson({ target, since, all }: Followed): object {
  return { target, since, lookouts: all.map(lookoutOf), counts: countsOf(all) };
}

function lookoutOf({ looked, sort, alarm, leadSeconds, rollback }: Beside) {
  const { deployment, revision, older, startedAt, endedAt, state, mode, looks, accusedAt, says } = looked;
  return {
    deployment,
    revision: revisionOf(revision),
    older: revisionOf(older),
    startedAt,
    endedAt,
    state,
    mode,
    looks,
    accusedAt: accusedAt ?? null,
    says,
    sort,
    alarm: alarm ?? null,
    leadSeconds: leadSeconds ?? null,
    rollback: rollback ?? null,
  };
}

function revisionOf(revision: Revision | undefined) {
  return revision === undefined ? null : { id: revision.id, name: revision.name };
}

/** Formats the lookouts for a terminal. */
export function toText({ target, since, all }: Followed): string {
  if (all.length === 0)
    return `No lookout of ${target} is recorded since ${minuteOf(since)}: one follows each deployment of a target with the tag lastgood:lookout.`;
  return `${tableOf([HEAD, ...all.map(rowOf)])}\n\n${summaryOf(countsOf(all))}`;
}

const HEAD = ['BEGAN', 'REVISION', 'ENDED', 'LOOKS', 'BESIDE THE ALARMS', 'SAYS'];

function rowOf(beside: Beside): readonly string[] {
  const { startedAt, revision, deployment, state, mode, looks, says } = beside.looked;
  const said = state === 'accused' ? says : says.slice(0, 1);
  return [
    minuteOf(startedAt),
    revision?.name ?? deployment,
    state === 'accused' ? `accused (${mode})` : state,
    String(looks),
    sortText(beside),
    said.join(' ').replaceAll(/\s+/g, ' '),
  ];
}

function sortText({ sort, alarm, leadSeconds }: Beside): string {
  if (sort === 'hit')
    return leadSeconds === undefined
      ? 'hit, rolled back'
      : `hit, ${leadText(leadSeconds)} ${alarm?.of ?? ''}`;
  return sort === 'miss' ? `miss, ${alarm?.of ?? ''}` : sort;
}

function leadText(seconds: number): string {
  return seconds < 0 ? `${-seconds} s after` : `${seconds} s before`;
}

/** Formats the counts in one line. */
function summaryOf({ followed, hits, false: wrong, open, misses, quiet, medianLeadSeconds }: Counts): string {
  const lead = medianLeadSeconds === null ? '' : ` (median ${leadText(medianLeadSeconds)} the alarm)`;
  return [
    `${followed} followed: ${hits} hit${hits === 1 ? '' : 's'}${lead}`,
    `${wrong} false`,
    ...(open === 0 ? [] : [`${open} open`]),
    `${misses} miss${misses === 1 ? '' : 'es'}`,
    `${quiet} quiet`,
  ].join(', ');
}
