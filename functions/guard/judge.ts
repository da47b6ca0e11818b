import { stretched, turnToWrite } from '../../src/lambda/pace.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Probe } from '../../src/lambda/probe.ts';
import type { StepCall } from '../../src/lambda/steps.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Facts } from '../../src/rollback/facts.ts';
import { asJudgeable } from '../../src/rollback/doors.ts';
import { leadOf, withDeadline } from '../../src/rollback/heard.ts';
import type { Heard, Instant } from '../../src/rollback/request.ts';
import {
  besides,
  conclude,
  forThisPlan,
  othersOf,
  wasKnown,
  type Judged,
} from '../../src/rollback/hearing.ts';
import { judge as judgeFacts } from '../../src/rollback/judge.ts';
import { bounded, looksForJudge } from '../../src/rollback/look-again.ts';
import { MAX_GATHERING_SECONDS } from '../../src/rollback/storm/arrivals.ts';
import { readsOf } from '../../src/targets/target.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import type { NoteStorm } from './note-storm.ts';
import { gatherFacts, hashOf, type Gathering } from './gather-facts.ts';
import { withProbes } from './probed.ts';

export interface Judging extends Gathering {
  readonly claims: Pick<Claims, 'records' | 'record' | 'waitFor'>;
  readonly turns: Turns;
  readonly noteStorm: NoteStorm;
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
    const factsFor = gatherFacts(judged, judging, now());
    const [facts, recorded] = await Promise.all([
      factsFor(lead, true),
      recordedBy(judged, judging.claims),
      noteAnswer(judged, judging.claims),
    ]);
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

/** Notes that the question is over. Lists of rollbacks show it, and a failure changes only those. */
async function noteAnswer(
  { request, execution, approval }: Judgeable,
  claims: Pick<Claims, 'waitFor'>,
): Promise<void> {
  if (approval === undefined || execution === undefined) return;
  await claims
    .waitFor(request.target, execution, null)
    .catch((error: unknown) => logger.warn('the answer is not noted', error as Error));
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
