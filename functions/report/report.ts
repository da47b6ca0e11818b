import { courseOf, endedOf } from '../../src/events/ended.ts';
import type { ReportLink } from '../../src/events/report-link.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { condemnedOf } from '../../src/events/freezing.ts';
import { measuresOf, type Measure } from '../../src/events/measures.ts';
import { unpublishedOf } from '../../src/events/story.ts';
import { publishAll, type OutgoingEvent } from '../../src/events/publish.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Claims, Closing } from '../../src/ledger/claims.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import { isSilence, personsAnswer } from '../../src/rollback/approval.ts';
import { contentOf, evidenceAgainst, revisionAtFault } from '../../src/rollback/at-fault.ts';
import type { Reported, Rollback, Slices } from '../../src/rollback/document.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { outcomeOf } from '../../src/rollback/ending.ts';
import { measuredIn } from '../../src/rollback/measured.ts';
import type { Outcome } from '../../src/rollback/outcome.ts';
import type { Revision } from '../../src/rollback/plan.ts';
import { rehearsalOf, type Instant } from '../../src/rollback/request.ts';
import { memberOf } from '../../src/rollback/storm/arrivals.ts';
import { believed } from './believed.ts';

export interface Reporting {
  readonly emitter: Emitter;
  readonly ledger: Pick<Ledger, 'condemn'>;
  readonly claims: Pick<Claims, 'close' | 'mayHaveWritten' | 'record'>;
  readonly storms: Pick<Storms, 'ended'>;
  /** Never throws. */
  readonly measure: (measures: readonly Measure[], at: Instant) => void;
  readonly reportLink: ReportLink;
}

/**
 * Publishes the outcome, condemns the revision at fault, closes the record and measures.
 *
 * Closing comes last, because the backstop and the sweep look for records that are still open. After an earlier crash
 * Report runs again from the beginning: receivers ignore an event that is published twice, and condemning twice changes
 * nothing. Publishing comes first, so that no trouble with a table hides the outcome. Events that could not be
 * published stay in the record, and the sweep publishes them. So no trouble with the bus changes the outcome.
 */
export async function report(
  rollback: Reported,
  execution: string,
  { emitter, ledger, claims, storms, measure, reportLink }: Reporting,
  now: Instant,
): Promise<Outcome> {
  const isRecorded = await hasRecord(rollback, execution, claims);
  const { slices, known, target, requested } = believed(rollback, execution, isRecorded);
  const outcome = outcomeOf(known ?? slices, now, await mayHaveWritten(known, execution, claims));
  const report = hasReport(slices, outcome) ? reportLink(execution) : undefined;
  const end = endedOf({
    ...{ target, execution, outcome, requested, ...revisions(slices) },
    startedAt: slices.claim?.since,
    storm: memberOf(slices.claim) ?? undefined,
    rehearsal: rehearsalOf(known?.request)?.way,
    report,
    course: known === null ? undefined : courseOf(known),
  });
  const events = known === null ? [end] : eventsAround(end, known, execution, outcome);
  const record = target !== undefined && mayHoldTarget(slices) ? target : null;
  const unpublished = await tryToPublish(emitter, events, record !== null);
  if (known !== null) await condemn(known, execution, outcome, ledger);
  if (record !== null) {
    const ids = { ...idsOf(revisions(slices)), ...putIn(slices) };
    const left = {
      ...(report !== undefined && { report }),
      ...(unpublished !== null && { unpublished: events }),
      ...leftBy(known, slices, outcome),
      ...measuredIn(slices),
      ...deniedIn(slices),
    };
    await claims.close({ target: record, execution, outcome, ...ids, ...left });
    if (unpublished !== null) await mustBeKept(unpublished, record, execution, claims);
    await noteStorm(record, execution, slices, outcome, storms);
  }
  measure(measuresOf(outcome, target, known), now);
  return outcome;
}

/** Says whether there is something to show: a plan, or an end that a person looks into. */
function hasReport({ plan }: Slices, { state }: Outcome): boolean {
  return plan !== undefined || state !== 'skipped';
}

/**
 * Says whether Claim recorded the claim in the document. True without a claim. No trouble with the table may hide the
 * outcome: the document is believed then.
 */
async function hasRecord(
  { request, claim }: Reported,
  execution: string,
  claims: Pick<Claims, 'record'>,
): Promise<boolean> {
  const target = asRecord(request)?.['target'];
  if (claim === undefined || typeof target !== 'string') return true;
  try {
    return (await claims.record(target, execution)) !== null;
  } catch (error) {
    logger.error('not known whether it claimed', error as Error);
    return true;
  }
}

/**
 * Asks the record after an error, which leaves no slice. No trouble with the table may hide the outcome: it is dirty
 * then.
 */
async function mayHaveWritten(
  rollback: Rollback | null,
  execution: string,
  claims: Pick<Claims, 'mayHaveWritten'>,
): Promise<boolean> {
  if (rollback?.error === undefined || rollback.claim === undefined) return true;
  try {
    return await claims.mayHaveWritten(rollback.request.target, execution);
  } catch (error) {
    logger.error('not known whether it wrote', error as Error);
    return true;
  }
}

/** Returns the unpublished steps, the end, and the freeze of the condemned revision. */
function eventsAround(
  end: OutgoingEvent,
  rollback: Rollback,
  execution: string,
  outcome: Outcome,
): readonly OutgoingEvent[] {
  const steps = unpublishedOf(rollback).map(({ event }) => event);
  const revision = revisionAtFault(rollback, outcome.state);
  if (revision === null) return [...steps, end];
  const { target } = rollback.request;
  // The reason of a freeze after a skip is the evidence against the culprit, not the reason of the skip.
  const evidence = evidenceAgainst(rollback, outcome.state);
  const reason = outcome.state === 'skipped' ? evidence.join(' ') : outcome.reason;
  const frozen = condemnedOf({ target, revision, execution, reason, at: outcome.at });
  return [...steps, end, frozen];
}

/**
 * Returns the error of the bus if events remain unpublished, else null.
 * @throws the error of the bus, if no record can keep the events. The state machine then retries Report
 */
async function tryToPublish(
  emitter: Emitter,
  events: readonly OutgoingEvent[],
  canBeKept: boolean,
): Promise<Error | null> {
  try {
    await publishAll(emitter, events);
    return null;
  } catch (error) {
    if (!canBeKept) throw error;
    logger.error('not published yet', error as Error);
    return error as Error;
  }
}

/**
 * Makes sure that a record keeps the events. There is none where Claim failed before it began one.
 * @throws the error of the bus, without a record. The state machine then retries Report
 */
async function mustBeKept(
  unpublished: Error,
  target: string,
  execution: string,
  claims: Pick<Claims, 'record'>,
): Promise<void> {
  if ((await claims.record(target, execution)) === null) throw unpublished;
}

async function condemn(
  rollback: Rollback,
  execution: string,
  { at, state }: Outcome,
  ledger: Pick<Ledger, 'condemn'>,
): Promise<void> {
  const revision = revisionAtFault(rollback, state);
  if (revision === null) return;
  const { target } = rollback.request;
  const content = contentOf(revision, rollback.plan);
  const kept = { ...revision, ...(content !== undefined && { content }) };
  await ledger.condemn(target, kept, at, evidenceAgainst(rollback, state), execution);
}

/** Tells the storm of the target how it ended. The storm also reads the record, so no trouble here is a failure. */
async function noteStorm(
  target: string,
  execution: string,
  { claim }: Slices,
  { state, at }: Outcome,
  storms: Pick<Storms, 'ended'>,
): Promise<void> {
  if (claim?.storm === undefined) return;
  try {
    await storms.ended({ target, execution, storm: claim.storm }, state, at);
  } catch (error) {
    logger.warn('not noted for its storm', error as Error);
  }
}

/**
 * Returns what the sweep has left to do. A rehearsal judges no trigger that came: all of them are started after it.
 */
function leftBy(
  known: Rollback | null,
  slices: Slices,
  outcome: Outcome,
): Pick<Closing, 'yields' | 'judged'> {
  if (rehearsalOf(known?.request) !== null) return { yields: true, judged: 0 };
  return yieldsTo(slices, outcome) ? { yields: true, judged: slices.verdict?.heard ?? 0 } : {};
}

/**
 * Says whether the sweep starts the refused triggers that were not judged: after a skip by the judge, and after a
 * silence. After an answer those triggers are older than the judge allows.
 */
function yieldsTo({ plan, verdict, approval }: Slices, { state }: Outcome): boolean {
  if (state !== 'skipped' || personsAnswer(approval) !== null) return false;
  if (verdict?.verdict === 'ask') return isSilence(approval);
  return verdict?.verdict === 'skip' && plan?.state !== 'nothing-to-do';
}

function revisions({ plan }: Slices): { from?: Revision; to?: Revision } {
  return plan !== undefined && 'from' in plan ? { from: plan.from, to: plan.to } : {};
}

function idsOf({ from, to }: { from?: Revision; to?: Revision }): { from?: string; to?: string } {
  return { ...(from && { from: from.id }), ...(to && { to: to.id }) };
}

/** Returns what the way back put on the target, and whether something else took its place. */
function putIn({ plan, reverted, settled }: Slices): Pick<Closing, 'toContent' | 'deployment' | 'overtaken'> {
  const content = plan !== undefined && 'to' in plan ? contentOf(plan.to, plan) : undefined;
  const isStarted = reverted !== undefined && reverted.state !== 'failed';
  return {
    ...(content !== undefined && { toContent: content }),
    ...(isStarted && { deployment: reverted.deployment }),
    ...(settled?.state === 'overtaken' && { overtaken: true }),
  };
}

/** Returns who denied the plan. No trigger alone may carry out the same plan soon after that. */
function deniedIn({ approval }: Slices): Pick<Closing, 'denied'> {
  const answer = personsAnswer(approval);
  return answer?.answer === 'denied' ? { denied: { by: answer.by, at: answer.at } } : {};
}

/** Says whether the target may be held. A failed Claim may have claimed it, unless its error says that it did not. */
function mayHoldTarget({ claim, error }: Slices): boolean {
  return claim !== undefined || (error?.Error !== 'InvalidRequest' && error?.Error !== 'TargetClaimed');
}
