import type { Judgeable } from '../document.ts';
import { onsetOf } from '../onset.ts';
import type { OutcomeState } from '../outcome.ts';
import type { Artefact } from '../plan.ts';
import type { Instant } from '../request.ts';
import { suspicionAmong } from '../suspect.ts';
import type { Arriving, InStorm } from './arrivals.ts';

/** What a person may choose for a storm: all that are listed, those that would have acted alone, or none. */
export const CHOICES = ['all', 'own', 'none'] as const;
export type Choice = (typeof CHOICES)[number];

/** An answer to one list of a storm. */
export interface StormAnswer {
  readonly choice: Choice;
  /** The person, as the tool that answered names them: `slack:U1`. */
  readonly by: string;
  readonly at: Instant;
  /** Digest of the list (src/approvals/list-digest.ts). */
  readonly list: string;
}

/**
 * An answer that a list took. Each answered list has its own members: those that were listed after the answered list
 * before it. So no answer reaches a member that an earlier one is still about.
 */
export interface TakenAnswer extends StormAnswer {
  /** Number of its list. */
  readonly number: number;
  /** Number of the answered list before it; 0: there was none. */
  readonly from: number;
  /** It was sent to all of its members. */
  readonly done?: true;
}

/** Why an answer did not reach a target: the person may not touch it, or it needs a second person. */
export type LeftOut = 'forbidden' | 'two-people';

/**
 * A target of a storm.
 * - judging: Lastgood has not decided yet.
 * - waiting: its question waits for the answer to the storm.
 * - going-back: Lastgood goes back, by its own evidence or after the answer.
 * - answered: the answer was sent to it. What it does next is not known yet.
 * - the others are outcomes.
 */
export interface Member extends Arriving, Brought {
  /** ARN of the execution that holds the target. */
  readonly execution: string;
  readonly role: InStorm['role'];
  readonly state: 'judging' | 'waiting' | 'answered' | 'going-back' | OutcomeState;
  /** Its question, once it has asked. */
  readonly question?: MemberQuestion;
  /** Number of the first list with this question. Absent: no list has it yet. */
  readonly listed?: number;
  readonly answered?: MemberAnswer;
  /** The last answer that left it out. */
  readonly leftOut?: { readonly list: string; readonly why: LeftOut };
  /** The first of two people who must agree. */
  readonly agreed?: string;
}

/** The question of a member, as its record has it. */
export interface MemberQuestion {
  /** Hash of the plan (src/approvals/plan-hash.ts). */
  readonly plan: string;
  readonly askedAt: Instant;
  readonly answerBy: Instant;
  /** It would have acted without the storm. */
  readonly own: boolean;
  /** Number of people who must agree. */
  readonly approvals: 1 | 2;
  /** A freeze of the target is a reason of it. An answer from before the freeze is not for this question. */
  readonly frozen?: true;
}

/** The answer that reached a member. */
export interface MemberAnswer extends StormAnswer {
  readonly as: 'approved' | 'denied';
  /** The member asked about the same plan again after the answer, which was sent a second time. */
  readonly again?: true;
}

/** What the plan of a member says about its deployment. */
export interface Brought {
  /** When its suspect was last rolled out: its end, or the plan's time while it is in flight. Absent: there is none. */
  readonly deployedAt?: Instant;
  readonly deploys: readonly Artefact[];
}

/** Returns what the deployment of a rollback's suspect brings. */
export function broughtBy({ request, plan }: Pick<Judgeable, 'request' | 'plan'>): Brought {
  const { deployment, recent = deployment === undefined ? [] : [deployment] } = plan;
  const suspect = suspicionAmong(recent, onsetOf(request))?.suspect;
  const deploys = 'deploys' in plan ? (plan.deploys ?? []) : [];
  if (suspect === undefined) return { deploys };
  const isInFlight = suspect.state === 'in-flight' || suspect.state === 'rolling-back';
  return { deploys, deployedAt: isInFlight ? plan.at : (suspect.finishedAt ?? suspect.startedAt) };
}
