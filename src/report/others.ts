import type { Rollback } from '../rollback/document.ts';
import { courseOf } from '../rollback/course.ts';
import { endedAs } from '../rollback/ended-as.ts';
import type { Deployment } from '../rollback/plan.ts';
import { between, type Span } from './span.ts';
import type { Times } from './times.ts';
import { nameOf } from './words.ts';

/** The most deployments after the one at fault that are shown. */
const MAX_LATER = 4;

/** Shows what others did to the target: deployments after the one at fault, and what the rollback met on its way. */
export function othersIn(document: Rollback, times: Times): readonly Span[] {
  return [...laterIn(document, times), ...takenOverIn(document, times), ...movedIn(document)];
}

/** Fixes and ways back of others, as the plan found them. */
function laterIn(document: Rollback, { suspect, ended }: Times): readonly Span[] {
  const recent = document.plan?.recent ?? [];
  if (suspect === undefined || courseOf(document, recent).suspect?.id !== suspect.id) return [];
  return recent
    .slice(
      0,
      recent.findIndex(({ id }) => id === suspect.id),
    )
    .slice(0, MAX_LATER)
    .map((one) => laterSpan(one, ended));
}

function laterSpan(later: Deployment, ended: string): Span {
  const { revision, isRollback, state, startedAt, finishedAt } = later;
  const what = isRollback ? 'Then brought back' : 'Then deployed';
  return {
    what: `${what}: ${revision.name}${state === 'failed' ? `, which ${endedAs(later)}` : ''}`,
    ...between(startedAt, finishedAt ?? ended),
    ...(finishedAt === undefined && { isOpen: true as const }),
    tone: 'release',
  };
}

/** A newer deployment that the way back met. It is left alone. */
function takenOverIn({ settled }: Rollback, { overtaken }: Times): readonly Span[] {
  if (settled?.state !== 'overtaken' || overtaken === undefined) return [];
  return [{ what: `Another deployment took over: ${nameOf(settled.by)}`, from: overtaken, tone: 'release' }];
}

/** The last step of the way back, where another made it. */
function movedIn({ settled }: Rollback): readonly Span[] {
  if (settled?.state !== 'settled' || settled.byAnother !== true) return [];
  return [{ what: 'Found put back, without a write of Lastgood', from: settled.at, tone: 'release' }];
}
