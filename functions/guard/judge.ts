import type { ReadPause } from '../../src/aws/pause.ts';
import { condemnedIn } from '../../src/ledger/among.ts';
import { planHash } from '../../src/approvals/plan-hash.ts';
import { stretched, turnToWrite } from '../../src/lambda/pace.ts';
import type { Probe } from '../../src/lambda/probe.ts';
import type { StepCall } from '../../src/lambda/steps.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { Claims, RollbackRecord } from '../../src/ledger/claims.ts';
import type { Freezes } from '../../src/ledger/freezes.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { isSilence, personsAnswer } from '../../src/rollback/approval.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Earlier, Facts, Found } from '../../src/rollback/facts.ts';
import { asJudgeable } from '../../src/rollback/doors.ts';
import { leadOf, withDeadline } from '../../src/rollback/heard.ts';
import { rehearsalOf, type Heard, type Instant } from '../../src/rollback/request.ts';
import {
  asTriggeredBy,
  besides,
  conclude,
  forThisPlan,
  othersOf,
  wasKnown,
  type Judged,
} from '../../src/rollback/hearing.ts';
import { judge as judgeFacts } from '../../src/rollback/judge.ts';
import { bounded, looksForJudge } from '../../src/rollback/look-again.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import { after } from '../../src/rollback/time.ts';
import { MAX_GATHERING_SECONDS, memberOf } from '../../src/rollback/storm/arrivals.ts';
import { readsOf } from '../../src/targets/target.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import type { AbsentAlarms } from './absent-alarms.ts';
import type { Alarms } from './alarms.ts';
import { factsOf, type OpenCircumstances, type ReadCircumstances } from './circumstances.ts';
import type { NoteStorm } from './note-storm.ts';
import type { OwnRed } from './own-red.ts';
import { optional } from './optional.ts';
import { withProbes } from './probed.ts';

/** Longer than the longest cool-down, a day, and the longest rollback, a day of waiting for an answer, together. */
const LOOK_BACK_SECONDS = 3 * 86_400;

export interface Judging {
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly claims: Pick<Claims, 'records' | 'record'>;
  readonly freezes: Pick<Freezes, 'of'>;
  readonly alarms: Alarms;
  readonly circumstances: OpenCircumstances;
  readonly ownRed: OwnRed;
  readonly readPause: ReadPause;
  readonly absentAlarms: AbsentAlarms;
  readonly turns: Turns;
  readonly noteStorm: NoteStorm;
  /** The stack counts no storms. */
  readonly stormsAreOff: boolean;
  readonly storms: Pick<Storms, 'arrived'>;
  readonly probe: Probe;
}

/**
 * Judge: gathers the facts and judges each trigger alone, until one verdict is to act. The mildest verdict counts: a
 * trigger that justifies a rollback justifies it whatever came before.
 */
export function judge(judging: Judging, now: () => Instant) {
  return async ({ rollback }: StepCall): Promise<Verdict> => {
    const judged = asJudgeable(rollback);
    const [lead, looks] = [leadOf(judged), looksForJudge(judged)];
    const factsFor = gathering(judged, judging, now());
    const [facts, recorded] = await Promise.all([factsFor(lead, true), recordedBy(judged, judging.claims)]);
    const decide = (trigger: Heard, found: Facts): Judged => {
      const all = { ...found, looks, alsoTriggeredBy: besides(judged, trigger, recorded) };
      return { trigger, verdict: bounded(judgeFacts(all, now()), looks, judged.plan) };
    };
    const first = decide(lead, facts);
    const probed = await withProbes(facts, first.verdict, judging.probe);
    const verdicts: [Judged, ...Judged[]] = [probed === facts ? first : decide(lead, probed)];
    for (const other of othersOf(judged, lead, recorded)) {
      if (verdicts.at(-1)?.verdict.verdict === 'act') break;
      const found = await factsFor(other, wasKnown(judged, other, recorded));
      verdicts.push(forThisPlan(decide(other, found), judged, lead));
    }
    const concluded = conclude(verdicts, judged, lead, recorded.length);
    const storm = concluded.verdict === 'ask' ? await stormAsking(judged, judging, now()) : null;
    const verdict = withDeadline(about(judged, concluded, storm), judged);
    const [answer] = await Promise.all([
      paced(verdict, judged, judging.turns, now()),
      judging.noteStorm(judged, verdict),
    ]);
    return answer;
  };
}

/**
 * Reserves the first write of a rollback that goes back, and the reads of the next look. A read-only plan reserves
 * nothing.
 */
async function paced(
  verdict: Verdict,
  { plan, claim }: Judgeable,
  turns: Turns,
  now: Instant,
): Promise<Verdict> {
  if (claim === undefined) return verdict;
  switch (verdict.verdict) {
    case 'act':
      return { ...verdict, ...(await turnToWrite(plan, turns)) };
    case 'look-again': {
      const { lookAgainInSeconds: usual } = verdict;
      const { plan: ofPlan, revert } = readsOf(claim.kind);
      const reads = [...ofPlan, ...revert];
      return { ...verdict, lookAgainInSeconds: await stretched(usual, reads, turns, now, 'before-write') };
    }
    default:
      return verdict;
  }
}

/** Reads the triggers that came while the rollback held its target. A read-only plan holds none. */
async function recordedBy(
  { request, execution }: Judgeable,
  claims: Pick<Claims, 'record'>,
): Promise<readonly Heard[]> {
  if (execution === undefined) return [];
  return (await claims.record(request.target, execution))?.alsoTriggeredBy ?? [];
}

/**
 * Returns the storm whose one question includes this one, whatever its reasons; null: the target asks alone. One of the
 * first joins too, if a storm has followed.
 */
async function stormAsking(
  { claim }: Judgeable,
  { stormsAreOff, storms }: Pick<Judging, 'stormsAreOff' | 'storms'>,
  now: Instant,
): Promise<string | null> {
  if (stormsAreOff || claim?.storm === undefined) return null;
  const { role, id } = claim.storm;
  return role === 'member' || (await storms.arrived(now)) === Infinity ? id : null;
}

/** Adds the hash of the plan to a question. After a silence, the hash shows whether the plan has changed. */
function about({ plan }: Judgeable, verdict: Verdict, storm: string | null): Verdict {
  if (verdict.verdict !== 'ask') return verdict;
  const hash = hashOf(plan);
  const countdownSeconds = verdict.countdownSeconds + (storm === null ? 0 : MAX_GATHERING_SECONDS);
  return {
    ...verdict,
    countdownSeconds,
    ...(hash !== null && { plan: hash }),
    ...(storm !== null && { storm }),
  };
}

type GatherFor = (trigger: Heard, wasKnown: boolean) => Promise<Facts>;

/** Gathers the facts for each trigger. Reads once what is the same for all of them. */
function gathering(judged: Judgeable, judging: Judging, now: Instant): GatherFor {
  const target = readTarget(judged, judging, now);
  const circumstances = judging.circumstances(now);
  const absent = judged.claim === undefined ? judging.absentAlarms(judged.plan) : undefined;
  return async (trigger, wasKnown) => {
    const rollback = asTriggeredBy(judged, trigger, wasKnown);
    const [known, shown, calm, absentAlarms] = await Promise.all([
      target,
      readTrigger(rollback, judging.alarms, circumstances),
      rehearsalOf(trigger)?.way === 'back' ? forRehearsal(rollback, judging, now) : {},
      absent,
    ]);
    const { request, plan, claim } = rollback;
    const takenUpAt = claim?.takenUpAt ?? claim?.since ?? now;
    const storm = {
      ...(judging.stormsAreOff
        ? { stormsAreOff: true as const }
        : memberOf(claim) !== null && { isInStorm: true as const }),
    };
    const read = { ...known, ...shown, ...calm, ...(absentAlarms !== undefined && { absentAlarms }) };
    return { request, plan, takenUpAt, ...read, ...storm, ...agreements(rollback) };
  };
}

/** Reads what must be calm before a target goes back without need. */
async function forRehearsal(
  rollback: Judgeable,
  { ownRed, readPause }: Pick<Judging, 'ownRed' | 'readPause'>,
  now: Instant,
): Promise<Pick<Facts, 'red' | 'pause'>> {
  const [red, pause] = await Promise.all([ownRed(rollback, now), optional(readPause)]);
  return { red, pause };
}

/** Reads what Lastgood itself knows of the target. */
async function readTarget(
  { request: { target }, claim, execution }: Judgeable,
  { ledger, claims, freezes }: Judging,
  now: Instant,
): Promise<Pick<Facts, 'condemned' | 'earlier' | 'freeze'>> {
  const [entries, records, freeze] = await Promise.all([
    ledger.entries(target),
    claims.records(target, after(claim?.since ?? now, -LOOK_BACK_SECONDS)),
    freezes.of(target, now),
  ]);
  return {
    condemned: condemnedIn(entries).map(({ revision }) => revision.id),
    earlier: records.filter((record) => record.execution !== execution).map(toEarlier),
    freeze,
  };
}

/** Reads what CloudWatch and the ledger show about one trigger. */
async function readTrigger(rollback: Judgeable, alarms: Alarms, circumstances: ReadCircumstances) {
  const isAlarm = rollback.request.trigger?.type === 'alarm';
  const [history, around] = await Promise.all([
    isWeighed(rollback) && isAlarm ? alarms.history(rollback) : nothing,
    isWeighed(rollback) ? circumstances(rollback) : null,
  ]);
  return { history, ...(around === null ? { others: nothing } : factsOf(around, history, rollback)) };
}

/**
 * Says whether the circumstances matter: an alarm, an alert or a lookout without a control triggered, and nothing is
 * being done yet. Otherwise
 * Lastgood spares CloudWatch, because ECS's own alarm-driven rollback shares its quota.
 */
function isWeighed({ request: { trigger }, plan }: Judgeable): boolean {
  if (plan.state !== 'ready' && plan.state !== 'no-way-back') return false;
  if (trigger?.type === 'lookout') return trigger.by === 'persistence' || 'undoneBy' in plan;
  return trigger?.type === 'alarm' || (trigger?.type === 'request' && trigger.automatic === true);
}

const nothing: Found<[]> = { known: true, is: [] };

function toEarlier({ execution, automatic, startedAt, from, outcome, request }: RollbackRecord): Earlier {
  const rehearsal = rehearsalOf(request);
  return {
    execution,
    automatic,
    startedAt,
    ...(from !== undefined && { from }),
    ...(rehearsal !== null && { rehearsal: rehearsal.way }),
    ...(outcome !== undefined && { ended: { at: outcome.at, as: outcome.state } }),
  };
}

function hashOf(plan: Plan): string | null {
  return 'rungs' in plan ? planHash(plan) : null;
}

/** Compares the consents of people, and their silence, with the plan as it is now. */
function agreements({
  request: { trigger },
  plan,
  approval,
  verdict,
}: Judgeable): Pick<Facts, 'confirmed' | 'approved' | 'silent'> {
  const hash = hashOf(plan);
  const answer = personsAnswer(approval);
  return {
    ...(trigger?.type === 'request' &&
      trigger.plan !== undefined && { confirmed: { by: trigger.by, toThisPlan: trigger.plan === hash } }),
    ...(answer?.answer === 'approved' && {
      approved: { by: answer.by, toThisPlan: (answer.plan ?? hash) === hash },
    }),
    ...(isSilence(approval) &&
      verdict?.verdict === 'ask' &&
      verdict.onSilence === 'go' && { silent: { toThisPlan: hash !== null && verdict.plan === hash } }),
  };
}
