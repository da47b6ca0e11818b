import type { KeptReads } from '../aws/kept-reads.ts';
import type { ReadPause } from '../aws/pause.ts';
import type { WriteWatch } from '../aws/write-watch.ts';
import type { Claims } from '../ledger/claims.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { revisionMeant } from '../ledger/meant.ts';
import type { Examiner } from '../readiness/examination.ts';
import type { Plannable, Planned, Rollback } from '../rollback/document.ts';
import { asInReversion, asPlannable, asPlanned, rememberedPlan, remembering } from '../rollback/doors.ts';
import { InvalidTag, UnsupportedTarget } from '../rollback/errors.ts';
import type { Followed, NoSides } from '../lookout/document.ts';
import type { Sided, SidesAnswer } from '../lookout/sided.ts';
import { asConsented } from '../rollback/joining.ts';
import type { Mechanism } from '../rollback/mechanism.ts';
import type { Plan } from '../rollback/plan.ts';
import { currentRung, recordPoll, recordRevert } from '../rollback/rungs.ts';
import { runsOf } from '../rollback/runs.ts';
import type { Instant } from '../rollback/request.ts';
import { refuseUsers } from '../rollback/settings.ts';
import { alsoTakenBack } from '../rollback/taken-back.ts';
import { secondsBetween } from '../rollback/time.ts';
import { withChanges } from './changes.ts';
import type { LambdaHandler } from './handler.ts';
import { problemOfLiteral, type Hosts } from './hosts.ts';
import { sayingLostConsent } from './lost-consent.ts';
import { isLookoutCall, lookoutSteps } from './lookout-steps.ts';
import { pacedPoll, pacedRevert } from './pace.ts';
import type { Failures } from './failures.ts';
import { steps, type Step } from './steps.ts';
import type { Turns } from './turns.ts';
import { markOf, markOfLookout } from './write-marks.ts';

/** The parts around a mechanism, which are the same for every kind. */
export interface Around {
  readonly claims: Pick<Claims, 'hold' | 'markWriting' | 'clearWriting'>;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly turns: Turns;
  readonly readPause: ReadPause;
  readonly now: () => string;
  readonly hosts: Hosts;
  readonly writes: Pick<WriteWatch, 'during'>;
  readonly reads: Pick<KeptReads, 'during'>;
  /** Absent: failed calls are not counted. */
  readonly failures?: Failures;
}

/** Names a plan of a rollback. A later one, after a judgement or an answer, reads anew. */
function planOf({ execution, verdict }: Rollback): string | undefined {
  return execution === undefined ? undefined : `${execution} ${verdict?.at ?? ''}`;
}

/**
 * Returns the Lambda of a mechanism: its four verbs as states of the workflow, `runs`, which reads the present from a
 * plan, and `readiness`, which examines a plan. Before each write and each poll it renews the claim, so that an execution that lost its claim writes nothing
 * more. Such an execution must not take credit for another's rollback, and a long poll keeps its claim. Before the
 * first call to AWS that may write, it marks the record, so that Report knows whether anything may have been changed,
 * and asks whether Lastgood is paused. A retry of Plan repeats only the reads that failed.
 */
export function mechanismHandler<Memo>(
  mechanism: Mechanism<Memo> & Sided & Partial<Examiner<Memo>>,
  around: Around,
): LambdaHandler {
  const [rollbacks, lookouts] = [rollbackSteps(mechanism, around), sidedSteps(mechanism, around)];
  return (event, context) => (isLookoutCall(event) ? lookouts : rollbacks)(event, context);
}

/** The verbs of the machine `lookout`. They hold no claim, and `pass` alone writes. */
function sidedSteps(mechanism: Sided, { now, readPause, writes }: Around): LambdaHandler {
  return lookoutSteps({
    sides: {
      adds: 'sides',
      run: async (followed) => {
        const sides = await sidesOrNone(mechanism, followed);
        return sides.state === 'none' ? noSides(sides, followed, now()) : { ...sides, at: now() };
      },
    },
    pass: {
      run: async (followed) => {
        const { weighed } = followed;
        if (weighed?.state !== 'pass') return;
        await writes.during(markOfLookout(readPause), async () => mechanism.pass?.(followed, weighed.pause));
      },
    },
  });
}

/** AWS lists a new deployment some seconds after its event (docs/unknown.md, `beginning-delay`). */
const LISTED_WITHIN_SECONDS = 120;

function noSides(
  { isEarly, ...none }: Omit<NoSides, 'at' | 'were'>,
  followed: Followed,
  at: Instant,
): NoSides {
  const mayBeListed = isEarly === true && secondsBetween(followed.startedAt, at) < LISTED_WITHIN_SECONDS;
  return { ...none, ...sidesBefore(followed), ...(mayBeListed && { isEarly: true }), at };
}

/** Keeps the sides that were followed, for the record of a lookout that ends because there are none any more. */
function sidesBefore({ sides }: Followed): Pick<NoSides, 'were'> {
  if (sides?.state !== 'sides') return {};
  const { newer, older, tags } = sides;
  return { were: { newer, older, tags } };
}

/** Every deployment of the account begins with an event, those of targets that no rollback covers too. */
async function sidesOrNone(mechanism: Sided, followed: Followed): Promise<SidesAnswer> {
  try {
    return await mechanism.sides(followed);
  } catch (error) {
    if (error instanceof UnsupportedTarget) return { state: 'none', reason: `${error.message}.` };
    throw error;
  }
}

function rollbackSteps<Memo>(
  mechanism: Mechanism<Memo> & Partial<Examiner<Memo>>,
  { claims, ledger, turns, readPause, now, hosts, writes, reads, failures }: Around,
): LambdaHandler {
  /** Parses the memo first, so that an unreadable document renews no claim. */
  const holding = async <Document extends Planned>(rollback: Document) => {
    const remembered = remembering(rollback, mechanism.memo);
    await claims.hold(rollback.request.target, rollback.execution, now());
    return remembered;
  };
  const tagsNow = (planned: Planned) => async () => (await mechanism.plan(asPlannable(planned, now()))).tags;
  const marking = (planned: Planned) => markOf(planned, claims, readPause);
  return steps(
    {
      ...readingSteps(mechanism, { ledger, now, hosts, reads }),
      stop: {
        adds: 'stopped',
        run: async ({ rollback }) => {
          const mark = marking(asPlanned(rollback));
          const planned = await holding(asPlanned(rollback));
          return sayingLostConsent(planned, tagsNow(planned), () =>
            writes.during(mark, () => mechanism.stop(planned)),
          );
        },
      },
      revert: {
        adds: 'reverted',
        run: async ({ rollback }) => {
          const mark = marking(asPlanned(rollback));
          const planned = await holding(asPlanned(rollback));
          const rung = currentRung(planned);
          const way = await sayingLostConsent(planned, tagsNow(planned), () =>
            writes.during(mark, () => mechanism.revert({ ...planned, rung })),
          );
          return pacedRevert(recordRevert(planned, way, now()), planned, turns, now());
        },
      },
      settled: {
        adds: 'settled',
        run: async ({ rollback }) => {
          const started = await holding(asInReversion(rollback));
          return pacedPoll(
            recordPoll(started, await mechanism.settled(started), now()),
            started,
            turns,
            now(),
          );
        },
      },
    },
    failures,
  );
}

/** The verbs that only read, and need no claim. */
function readingSteps<Memo>(
  mechanism: Mechanism<Memo> & Partial<Examiner<Memo>>,
  { ledger, now, hosts, reads }: Pick<Around, 'ledger' | 'now' | 'hosts' | 'reads'>,
): Readonly<Record<'plan' | 'runs' | 'readiness', Step>> {
  const planFor = async (rollback: Rollback) => {
    const plan = await mechanism.plan(await asMeant(asPlannable(rollback, now()), ledger));
    const { target } = rollback.request;
    refuseTags(plan, hosts);
    if (!('to' in plan)) return plan;
    const { traits } = mechanism;
    const changed =
      traits === undefined ? plan : await withChanges(plan, (revision) => traits(target, revision));
    return { ...withNotes(asConsented(changed, rollback)), takes: mechanism.takes(plan) };
  };
  return {
    plan: {
      adds: 'plan',
      run: ({ rollback }) => reads.during(planOf(rollback), () => planFor(rollback)),
    },
    runs: { run: async ({ rollback }) => runsOf(await mechanism.plan(asPlannable(rollback, now()))) },
    readiness: {
      run: async ({ rollback }) => {
        const { request } = asPlannable(rollback, now());
        const plan = rememberedPlan(rollback, mechanism.memo);
        return (await mechanism.readiness?.({ request, plan, now: now() })) ?? { findings: [] };
      },
    },
  };
}

/** Adds a note on the releases that the way back takes out of service besides the one at fault. */
function withNotes<P extends Plan & { readonly notes?: readonly string[] }>(plan: P): P {
  const note = alsoTakenBack(plan);
  return note === null ? plan : { ...plan, notes: [...(plan.notes ?? []), note] };
}

/** Replaces a name that Lastgood shows by the id that it means. The document keeps the request as it was asked. */
async function asMeant<Document extends Plannable>(
  rollback: Document,
  ledger: Pick<Ledger, 'entries'>,
): Promise<Document> {
  const { target, revision } = rollback.request;
  if (revision === undefined) return rollback;
  const id = revisionMeant(target, revision, await ledger.entries(target));
  return { ...rollback, request: { ...rollback.request, revision: id } };
}

/**
 * Refuses tags before the plan, which repeats them, leaves the function: none may hold a user and a password, and no
 * probe may call an address that is neither public nor listed.
 * @throws InvalidTag naming the tag
 */
function refuseTags(plan: Plan, hosts: Hosts): void {
  refuseUsers(plan.tags);
  for (const probe of 'watch' in plan ? plan.watch.probes : []) {
    const problem = problemOfLiteral(new URL(probe), hosts);
    if (problem !== null) throw new InvalidTag('lastgood:probe', problem);
  }
}
