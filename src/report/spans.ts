import type { Rollback } from '../rollback/document.ts';
import { harmIn } from './harm-span.ts';
import type { Material } from './material.ts';
import { othersIn } from './others.ts';
import { pausesIn } from './pauses.ts';
import { releaseIn } from './release.ts';
import { between, type Span } from './span.ts';
import type { Times } from './times.ts';

/** Returns the rows of the timeline, in the order in which they began. */
export function spansOf({ document }: Material, times: Times): readonly Span[] {
  if (document === null) return [];
  return [
    ...releaseIn(times),
    ...harmIn(times),
    ...decisionIn(document, times),
    ...pausesIn(document, times),
    ...waysIn(document, times),
    ...proofIn(times),
    ...othersIn(document, times),
  ].sort((one, other) => one.from.localeCompare(other.from));
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
  const { ways, settled, overtaken, restored, lastLook, ended } = times;
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
    const isOpen = !isFailed && (settled ?? overtaken) === undefined;
    const to = next ?? (isFailed ? at : (settled ?? overtaken ?? restored ?? lastLook ?? ended));
    return {
      what: ways.length > 1 ? what.replace(':', ` ${index + 1}:`) : what,
      ...between(at, to),
      ...(isLast && isOpen && { isOpen: true as const }),
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
