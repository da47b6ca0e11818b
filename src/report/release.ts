import type { Deployment } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import { between, type Span } from './span.ts';
import type { Times } from './times.ts';
import { betweenClocks, clocksOf } from './words.ts';

/** Shows the deployment at fault. */
export function releaseIn({ suspect, firstWrite, ended }: Times): readonly Span[] {
  if (suspect === undefined) return [];
  const { startedAt, finishedAt, revision } = suspect;
  return [
    {
      what: `Deployment of ${revision.name}`,
      ...between(startedAt, finishedAt ?? firstWrite ?? ended),
      ...(finishedAt === undefined && firstWrite === undefined && { isOpen: true as const }),
      ...sightsOf(suspect),
      tone: 'release',
    },
  ];
}

/** What was only seen has no length: it began between two sights, and may have been over by the second one. */
function sightsOf(suspect: Deployment): Pick<Span, 'says'> {
  const sights = sightsIn(suspect);
  if (sights === null) return {};
  const from = betweenClocks(...sights);
  return suspect.finishedAt === suspect.seenAt
    ? { says: { from, to: '', took: '', figure: clocksOf(...sights).join('–') } }
    : { says: { from } };
}

/** Says between which sights a deployment began. Undefined: AWS says when it began. */
export function startSays(suspect: Deployment): string | undefined {
  const sights = sightsIn(suspect);
  return sights === null ? undefined : betweenClocks(...sights);
}

function sightsIn({ startedAt, sights, seenAt }: Deployment): readonly [Instant, Instant] | null {
  if (sights !== undefined) return [sights.notBefore, sights.seenAt];
  return seenAt === undefined ? null : [startedAt, seenAt];
}
