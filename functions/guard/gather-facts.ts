import type { ReadPause } from '../../src/aws/pause.ts';
import { accusedIn } from '../../src/ledger/accused.ts';
import { condemnedIn } from '../../src/ledger/among.ts';
import { planHash } from '../../src/approvals/plan-hash.ts';
import type { Claims, RollbackRecord } from '../../src/ledger/claims.ts';
import { toEarlier } from '../../src/ledger/earlier.ts';
import type { Freezes } from '../../src/ledger/freezes.ts';
import type { Stacks } from '../../src/ledger/stacks.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { isSilence, personsAnswer } from '../../src/rollback/approval.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Facts, Found } from '../../src/rollback/facts.ts';
import { isAutomatic, rehearsalOf, type Heard, type Instant } from '../../src/rollback/request.ts';
import { asTriggeredBy, sinceBefore } from '../../src/rollback/hearing.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import { owningStack } from '../../src/rollback/stack.ts';
import { after } from '../../src/rollback/time.ts';
import { memberOf } from '../../src/rollback/storm/arrivals.ts';
import type { AbsentAlarms } from './absent-alarms.ts';
import type { Alarms } from './alarms.ts';
import { factsOf, type OpenCircumstances, type ReadCircumstances } from './circumstances.ts';
import { dependenciesGoingBack } from './going-back.ts';
import { once } from './once.ts';
import type { OwnRed } from './own-red.ts';
import { optional } from './optional.ts';

/** Longer than the longest cool-down, a day, and the longest rollback, a day of waiting for an answer, together. */
const LOOK_BACK_SECONDS = 3 * 86_400;

export interface Gathering {
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly claims: Pick<Claims, 'records'>;
  readonly freezes: Pick<Freezes, 'of'>;
  readonly stacks: Pick<Stacks, 'of'>;
  readonly alarms: Alarms;
  readonly circumstances: OpenCircumstances;
  readonly ownRed: OwnRed;
  readonly readPause: ReadPause;
  readonly absentAlarms: AbsentAlarms;
  /** The stack counts no storms. */
  readonly stormsAreOff: boolean;
}

type GatherFor = (trigger: Heard, wasKnown: boolean) => Promise<Facts>;

/** Gathers the facts for each trigger. Reads once what is the same for all of them. */
export function gatherFacts(judged: Judgeable, gathering: Gathering, now: Instant): GatherFor {
  const target = readTarget(judged, gathering, now);
  const circumstances = gathering.circumstances(now);
  const spent = isSpent(judged) ? { silenceIsSpent: true as const } : {};
  const goBack = once((rollback) => dependenciesGoingBack(gathering.claims, rollback));
  const absent = judged.claim === undefined ? gathering.absentAlarms(judged.plan) : undefined;
  return async (trigger, wasKnown) => {
    const rollback = asTriggeredBy(judged, trigger, wasKnown);
    const [{ known }, turned, shown, calm, absentAlarms, goingBack] = await Promise.all([
      target,
      target.then(({ records }) => readTurned(rollback, records, gathering.alarms)),
      readTrigger(rollback, gathering.alarms, circumstances),
      rehearsalOf(trigger)?.way === 'back' ? forRehearsal(rollback, gathering, now) : {},
      absent,
      isWeighed(rollback) ? goBack(rollback) : [],
    ]);
    const { request, plan, claim } = rollback;
    const before = sinceBefore(judged, trigger);
    const takenUpAt = claim?.takenUpAt ?? claim?.since ?? now;
    const storm = {
      ...(gathering.stormsAreOff
        ? { stormsAreOff: true as const }
        : memberOf(claim) !== null && { isInStorm: true as const }),
    };
    const read = {
      ...known,
      ...turned,
      ...shown,
      ...calm,
      ...(goingBack.length > 0 && { goingBack }),
      ...(before !== null && { sinceBefore: before }),
      ...(absentAlarms !== undefined && { absentAlarms }),
    };
    return { request, plan, takenUpAt, ...read, ...storm, ...agreements(rollback), ...spent };
  };
}

/** Reads what must be calm before a target goes back without need. */
async function forRehearsal(
  rollback: Judgeable,
  { ownRed, readPause }: Pick<Gathering, 'ownRed' | 'readPause'>,
  now: Instant,
): Promise<Pick<Facts, 'red' | 'pause'>> {
  const [red, pause] = await Promise.all([ownRed(rollback, now), optional(readPause)]);
  return { red, pause };
}

interface OfTarget {
  /** Of its rollbacks, with that of this one. */
  readonly records: readonly RollbackRecord[];
  readonly known: Pick<Facts, 'condemned' | 'accused' | 'earlier' | 'freeze' | 'stack'>;
}

/** Reads what Lastgood itself knows of the target. */
async function readTarget(
  { request: { target }, plan, claim, execution }: Judgeable,
  { ledger, claims, freezes, stacks }: Gathering,
  now: Instant,
): Promise<OfTarget> {
  const name = owningStack(plan.tags);
  const [entries, records, freeze, stack] = await Promise.all([
    ledger.entries(target),
    claims.records(target, after(claim?.since ?? now, -LOOK_BACK_SECONDS)),
    freezes.of(target, now),
    name === undefined ? undefined : optional(() => stacks.of(name)),
  ]);
  const accused = accusedIn(entries, records);
  return {
    records,
    known: {
      condemned: condemnedIn(entries).map(({ revision }) => revision.id),
      earlier: records.filter((record) => record.execution !== execution).map(toEarlier),
      freeze,
      ...(accused.length > 0 && { accused }),
      ...(stack !== undefined && { stack }),
    },
  };
}

/** Reads whether alarms were red when the newest deployment began. A person who asks has seen them. */
async function readTurned(
  rollback: Judgeable,
  records: readonly RollbackRecord[],
  alarms: Alarms,
): Promise<Pick<Facts, 'turnedBefore'>> {
  if (!isAutomatic(rollback.request) || rollback.plan.state !== 'ready') return {};
  const turnedBefore = await alarms.turnedBefore(rollback, records);
  return turnedBefore.length === 0 ? {} : { turnedBefore };
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
 * being done yet. Where nothing is to be done, a changed parameter may be the cause. Otherwise Lastgood spares
 * CloudWatch, because ECS's own alarm-driven rollback shares its quota.
 */
function isWeighed({ request: { trigger }, plan }: Judgeable): boolean {
  const mayBeChanged = plan.state === 'nothing-to-do' && (plan.reads ?? []).length > 0;
  if (plan.state !== 'ready' && plan.state !== 'no-way-back' && !mayBeChanged) return false;
  if (trigger?.type === 'lookout') return trigger.by === 'persistence' || 'undoneBy' in plan;
  return trigger?.type === 'alarm' || (trigger?.type === 'request' && trigger.automatic === true);
}

const nothing: Found<[]> = { known: true, is: [] };

/** Null: the plan has no way back to agree to. */
export function hashOf(plan: Plan): string | null {
  return 'rungs' in plan ? planHash(plan) : null;
}

/**
 * Says whether the judge acted on a silence before. Only a pause leads from there to a new judgement.
 */
function isSpent({ approval, verdict }: Judgeable): boolean {
  return isSilence(approval) && verdict?.verdict === 'act';
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
      trigger.plan !== undefined && {
        confirmed: {
          by: trigger.by,
          toThisPlan: trigger.plan === hash,
          ...(trigger.confirmed && { shown: trigger.confirmed }),
        },
      }),
    ...(answer?.answer === 'approved' && {
      approved: {
        ...{ by: answer.by, toThisPlan: (answer.plan ?? hash) === hash },
        ...(verdict !== undefined && { shown: verdict.asks ?? [] }),
      },
    }),
    ...(isSilence(approval) &&
      verdict?.verdict === 'ask' &&
      verdict.onSilence === 'go' && { silent: { toThisPlan: hash !== null && verdict.plan === hash } }),
  };
}
