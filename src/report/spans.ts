import type { Rollback } from '../rollback/document.ts';
import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';
import type { Material } from './material.ts';
import type { Times } from './times.ts';

/** The meaning of a row's colour. */
export type Tone = 'release' | 'harm' | 'decide' | 'write' | 'proof';

/** One row of the timeline. `to` is absent for a moment. */
export interface Span {
  readonly what: string;
  readonly from: Instant;
  readonly to?: Instant;
  /** It went on when the rollback ended. */
  readonly isOpen?: true;
  readonly tone: Tone;
}

/** Returns the rows of the timeline, in the order in which they began. */
export function spansOf({ document }: Material, times: Times): readonly Span[] {
  if (document === null) return [];
  return [
    ...releaseIn(times),
    ...harmIn(times),
    ...decisionIn(document, times),
    ...waysIn(document, times),
    ...proofIn(times),
  ].sort((one, other) => one.from.localeCompare(other.from));
}

function releaseIn({ suspect, firstWrite, ended }: Times): readonly Span[] {
  if (suspect === undefined) return [];
  const to = suspect.finishedAt ?? firstWrite ?? ended;
  return [
    {
      what: `Deployment of ${suspect.revision.name}`,
      ...between(suspect.startedAt, to),
      ...(suspect.finishedAt === undefined && firstWrite === undefined && { isOpen: true as const }),
      tone: 'release',
    },
  ];
}

/** Users hurt from the onset until the health that was proven, or longer than the rollback. */
function harmIn({ onset, isOnsetEstimated, restored, ended }: Times): readonly Span[] {
  if (onset === undefined) return [];
  const what = isOnsetEstimated === true ? 'Users hurt, since about' : 'Users hurt';
  return [
    {
      what,
      ...between(onset, restored ?? ended),
      ...(restored === undefined && { isOpen: true as const }),
      tone: 'harm',
    },
  ];
}

const TRIGGERS = {
  alarm: 'Alarm turned',
  deployment: 'AWS reported the deployment',
  request: 'Rollback requested',
  lookout: 'Lookout accused the release',
  rehearsal: 'Rehearsal began',
} as const;

/** Returns how the trigger of a rollback is named in drawings and tables. */
export function triggerName({ request: { trigger } }: Pick<Rollback, 'request'>): string {
  if (trigger === undefined) return 'Started by hand';
  if (trigger.type === 'request' && trigger.automatic === true) return 'Alert turned';
  return TRIGGERS[trigger.type];
}

function decisionIn(document: Rollback, times: Times): readonly Span[] {
  const { triggered, judged, asked, answered, ended } = times;
  const begun = triggered ?? document.claim?.since;
  return [
    ...(begun === undefined ? [] : [{ what: triggerName(document), from: begun, tone: 'decide' } as const]),
    ...(asked === undefined
      ? []
      : [
          {
            what: answered === undefined ? 'Asked a person, no answer' : 'Asked a person',
            ...between(asked, answered ?? judged ?? ended),
            tone: 'decide',
          } as const,
        ]),
    ...(begun === undefined || judged === undefined
      ? []
      : [{ what: 'Read, planned and judged', ...between(begun, judged), tone: 'decide' } as const]),
  ];
}

/** Each way back lasts until the next one began, or until it settled. */
function waysIn({ plan, reverted, stopped }: Rollback, times: Times): readonly Span[] {
  const { ways, settled, restored, lastLook, ended } = times;
  const rungs = plan !== undefined && 'rungs' in plan ? plan.rungs : [];
  const stop =
    stopped !== undefined && 'at' in stopped
      ? [{ what: 'Stopped the rollout', from: stopped.at, tone: 'write' } as const]
      : [];
  const rows = ways.map(({ rung, at }, index): Span => {
    const does = rungs[rung]?.does ?? `way ${rung + 1}`;
    const next = ways[index + 1]?.at;
    const isLast = next === undefined;
    const what = isLast && reverted?.state === 'joined' ? `Joined: ${does}` : `Way back: ${does}`;
    const isFailed = isLast && reverted?.state === 'failed';
    const to = next ?? (isFailed ? at : (settled ?? restored ?? lastLook ?? ended));
    return {
      what: ways.length > 1 ? what.replace(':', ` ${index + 1}:`) : what,
      ...between(at, to),
      ...(isLast && settled === undefined && !isFailed && { isOpen: true as const }),
      tone: 'write',
    };
  });
  return [...stop, ...rows];
}

function proofIn({ settled, restored, proven, lastLook }: Times): readonly Span[] {
  return [
    ...(settled === undefined || lastLook === undefined
      ? []
      : [{ what: 'Checked health', ...between(settled, lastLook), tone: 'proof' } as const]),
    ...(restored === undefined || proven === undefined
      ? []
      : [{ what: 'Every sign healthy, until proven', ...between(restored, proven), tone: 'proof' } as const]),
  ];
}

/** A span that would end before it began is a moment: clocks differ, and a document may be of an earlier poll. */
function between(from: Instant, to: Instant): Pick<Span, 'from' | 'to'> {
  return secondsBetween(from, to) > 0 ? { from, to } : { from };
}

/** One numbered mark in the charts. */
export interface Mark {
  readonly number: number;
  readonly what: string;
  readonly at: Instant;
}

/** Returns the marks of the charts, in the order of time. */
export function marksOf({ document }: Material, times: Times): readonly Mark[] {
  if (document === null) return [];
  const { suspect, onset, isOnsetEstimated, triggered, firstWrite, restored, proven } = times;
  const all: readonly (readonly [string, Instant | undefined])[] = [
    [`Deployment of ${suspect?.revision.name ?? ''} began`, suspect?.startedAt],
    [isOnsetEstimated === true ? 'Harm began, about' : 'Harm began', onset],
    [triggerName(document), triggered],
    ['First write of Lastgood', firstWrite],
    ['Healthy again', restored],
    ['Health proven', proven],
  ];
  return all
    .flatMap(([what, at]) => (at === undefined ? [] : [{ what, at }]))
    .sort((one, other) => one.at.localeCompare(other.at))
    .map((mark, index) => ({ number: index + 1, ...mark }));
}
