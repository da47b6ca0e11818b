import { createHash } from 'node:crypto';
import type { Emitter } from '../../../src/events/emit.ts';
import type { Handover, Handovers } from '../../../src/ledger/handovers.ts';
import type { Reports } from '../../../src/ledger/reports.ts';
import { isConsent } from '../../../src/rollback/consent.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { rehearsalOf } from '../../../src/rollback/request.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import { after } from '../../../src/rollback/time.ts';
import { readReport } from '../../../src/targets/report-id.ts';
import { externalOf } from '../../../src/targets/kinds/external/target.ts';
import type { Memo } from './memo.ts';
import { newerThan } from './newer.ts';
import { SOURCE_TAG, type ReadRegistration, type Registration } from './registration.ts';
import { asSent } from './revision.ts';

export interface Asking {
  readonly registration: ReadRegistration;
  readonly reports: Pick<Reports, 'of'>;
  readonly handovers: Pick<Handovers, 'want' | 'put' | 'of'>;
  readonly emitter: Pick<Emitter, 'emit'>;
  readonly now: () => string;
}

/**
 * Puts `Rollback Wanted` on the bus, and the handover into the table before: an answer may come at once. IAM knows no tag
 * of a target here, so the consent is read again. A retry puts the same event again, by the same id.
 */
export function revertWith({
  registration,
  reports,
  handovers,
  emitter,
  now,
}: Asking): Mechanism<Memo>['revert'] {
  return async (rollback): Promise<RevertResult> => {
    const id = idOf(rollback);
    const { target } = rollback.request;
    const known = await handovers.of(id);
    if (known?.isPut === true) return put(rollback, known);
    const owner = await registration(target);
    const reason = await whyNot(rollback, owner);
    // An earlier try may have put the event, and failed before it could note that.
    if (reason !== null)
      return { state: 'failed', reason, ...(known !== null && { touched: true as const }) };
    const wantedAt = now();
    const { sources, withinSeconds } = owner;
    const handover = { id, target, sources, wantedAt, until: after(wantedAt, withinSeconds) };
    await handovers.want(handover);
    return put(rollback, handover);
  };

  async function put(rollback: OnRung<Memo>, handover: Handover): Promise<RevertResult> {
    await emitter.emit('Rollback Wanted', wantedOf(rollback, handover));
    await handovers.put(handover.id);
    return { state: 'started', deployment: handover.id };
  }

  async function whyNot(
    { request: { target }, plan: { memo, to } }: OnRung<Memo>,
    { tags, sources }: Registration,
  ): Promise<string | null> {
    if (!isConsent(readSettings(tags).mode)) return `${target} is no longer tagged lastgood=auto or approve`;
    if (sources.length === 0)
      return `the tag ${SOURCE_TAG} of ${target} was removed after the plan was made, so nothing may answer for it`;
    const newer = await newerThan(reports, target, sources, { newest: memo.newest, to: to.id });
    return newer === null
      ? null
      : `${newer.revision.name} was deployed after the plan was made; Lastgood leaves it`;
  }
}

/** One execution hands a target over once. Its ARN is no secret, and the id says nothing about it. */
function idOf({ execution, rung, request: { target } }: OnRung<Memo>): string {
  return createHash('sha256').update(`${execution} ${target} ${rung}`).digest('hex').slice(0, 32);
}

function wantedOf({ request, plan, execution }: OnRung<Memo>, { id, wantedAt, until }: Handover) {
  const { memo, from, to } = plan;
  const inFlight = memo.inFlight === undefined ? undefined : readReport(memo.inFlight)?.deployment;
  return {
    version: '1' as const,
    rollback: id,
    target: request.target,
    ...externalOf(request.target),
    reason: request.reason,
    from: asSent(from),
    to: asSent(to),
    ...(inFlight !== undefined && { inFlight }),
    drill: rehearsalOf(request) !== null,
    wantedAt,
    deadline: until,
    execution,
  };
}
