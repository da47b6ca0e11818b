import type { Final, HandedOver, Handovers } from '../../../src/ledger/handovers.ts';
import type { Reports } from '../../../src/ledger/reports.ts';
import type { InReversion } from '../../../src/rollback/document.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import { externalOf } from '../../../src/targets/kinds/external/target.ts';
import type { Memo } from './memo.ts';
import { newerThan } from './newer.ts';
import { asSent } from './revision.ts';

interface Clients {
  readonly handovers: Pick<Handovers, 'of'>;
  readonly reports: Pick<Reports, 'of'>;
}

/** Polls the answers to the handover. Silence until the deadline of the rung is a failure, and dirty. */
export function settledWith({ handovers, reports }: Clients): Mechanism<Memo>['settled'] {
  return async (rollback) => {
    const { request, reverted, plan } = rollback;
    const { system } = externalOf(request.target);
    const handover = await handovers.of(reverted.deployment);
    if (handover === null)
      return { state: 'pending', summary: `there is no record of what ${system} was asked` };
    const { final, sources } = handover;
    const failed = final === undefined ? null : failureIn(final, handover, rollback, system);
    if (failed !== null) return failed;
    const to = final?.state === 'done' ? final.revision : asSent(plan.to);
    // Where the system chooses, its report of the way back looks like another deployment until it answers.
    const newer =
      to === null
        ? null
        : await newerThan(reports, request.target, sources, {
            ...{ newest: plan.memo.newest, to },
            handover: reverted.deployment,
          });
    if (newer !== null)
      return {
        state: 'overtaken',
        by: newer.revision.name,
        reason: `${system} reported its deployment after the way back began`,
      };
    if (final?.state === 'done')
      return { state: 'settled', summary: `${system} says that ${final.revision} runs again` };
    return { state: 'pending', summary: progressOf(handover, system) };
  };
}

function failureIn(
  final: Final,
  { progress }: HandedOver,
  { plan }: InReversion<Memo>,
  system: string,
): Poll | null {
  switch (final.state) {
    case 'refused':
      // Progress says that something was changed, so a later refusal does not end clean.
      return progress === undefined
        ? { state: 'failed', reason: `${system} refused: ${final.reason}`, untouched: true }
        : { state: 'failed', reason: `${system} refused after it began (${progress}): ${final.reason}` };
    case 'failed':
      return { state: 'failed', reason: `${system} failed: ${final.reason}${touchedBy(final)}` };
    case 'done': {
      const to = asSent(plan.to);
      if (to === null || to === final.revision) return null;
      return { state: 'failed', reason: `${system} brought back ${final.revision}, not ${to}` };
    }
  }
}

function touchedBy({ touched }: Extract<Final, { state: 'failed' }>): string {
  if (touched === undefined) return '';
  return touched ? ' (it says that it changed something)' : ' (it says that it changed nothing)';
}

function progressOf({ url, progress }: HandedOver, system: string): string {
  const at = url === undefined ? '' : ` at ${url}`;
  if (progress !== undefined) return `${system} is going back${at}: ${progress}`;
  return url === undefined ? `no answer from ${system} yet` : `${system} accepted it${at}`;
}
