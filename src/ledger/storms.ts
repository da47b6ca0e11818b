import type { Instant } from '../rollback/request.ts';
import type { Arriving, InStorm } from '../rollback/storm/arrivals.ts';
import type {
  Brought,
  LeftOut,
  Member,
  MemberAnswer,
  MemberQuestion,
  StormAnswer,
  TakenAnswer,
} from '../rollback/storm/member.ts';

/** A target of a storm, and the execution that holds it. */
export interface Held extends Arriving {
  readonly execution: string;
  readonly storm: InStorm;
}

/** A storm, as its state machine left it. */
export interface Storm {
  readonly id: string;
  /** Turn of the first alarm. */
  readonly since: Instant;
  /** Number of the execution that tends it. Each has its own name, because Step Functions keeps a name for 90 days. */
  readonly generation: number;
  /** When that execution was last seen. Absent: it was not started yet. */
  readonly seenAt?: Instant;
  /** Number of its last list; 0: there was none. */
  readonly number: number;
  /** Digest of the list that is asked about. Absent: nothing waits for an answer. */
  readonly list?: string;
  /** The answers that its lists took, the last one last. */
  readonly answers: readonly TakenAnswer[];
  /** The detail of the last `Rollback Storm Updated` (src/events/details/storms.ts). */
  readonly shown?: object;
  readonly endedAt?: Instant;
}

/** A list of plans that one answer is about. */
export interface StormList {
  readonly digest: string;
  readonly number: number;
  readonly at: Instant;
  readonly answer?: StormAnswer;
}

/** What became of an answer. */
export type Answered =
  | { readonly is: 'taken'; readonly number: number }
  /** There is no such list. */
  | { readonly is: 'unknown' }
  /** This list, or a newer one that holds its targets, has an answer. */
  | { readonly is: 'answered'; readonly answer: StormAnswer };

/** A page of members. Without `next` it is the last. */
export interface Page {
  readonly members: readonly Member[];
  readonly next?: string;
}

/** Storms, in the claims' table. */
export interface Storms {
  /**
   * Counts an alarm, once for each target. Returns the target's place, which stays the same in a retry; null: its alarm
   * turned long before the others.
   * @param most the number of targets that may alarm within five minutes without being a storm
   */
  arrive(arriving: Arriving, execution: string, most: number, now: Instant): Promise<InStorm | null>;
  /** Returns how many targets have alarmed lately; Infinity in a storm. Reads only. */
  arrived(now: Instant): Promise<number>;
  /** Says whether another target that alarms now may be a member of a storm. Reads only. */
  isUnderWay(most: number, now: Instant): Promise<boolean>;
  /** Records what the plan says, and `goesBack` where the judge acts. */
  judged(held: Held, brought: Brought, goesBack: boolean, now: Instant): Promise<void>;
  /** Records the question of a member. Keeps its list and its answer while its plan stays the same and no freeze came. */
  asks(held: Held, question: MemberQuestion, brought: Brought, now: Instant): Promise<void>;
  /** Records the end of a rollback. */
  ended(held: Omit<Held, 'at'>, state: Member['state'], now: Instant): Promise<void>;
  /** Returns all targets of a storm. */
  members(id: string): Promise<readonly Member[]>;
  /** Returns some of the targets, at most `limit`, after the page before. */
  page(id: string, limit: number, after?: string): Promise<Page>;
  /** Puts a waiting member on a list. Returns false if it was listed since, or waits about another plan. */
  list(id: string, member: Member, number: number): Promise<boolean>;
  /** Marks a member as answered. Returns false if it does not wait about this plan, or was answered. */
  answerMember(id: string, member: Member, answer: MemberAnswer): Promise<boolean>;
  /** Takes a member off its list, because an answer leaves it out. */
  leaveOut(id: string, member: Member, list: string, why: LeftOut, agreed?: string): Promise<void>;
  /** Opens a storm, or returns the one that is there. */
  open(id: string, since: Instant, now: Instant): Promise<Storm>;
  read(id: string): Promise<Storm | null>;
  /** Returns the storms that have not ended, newest first. */
  unended(limit: number): Promise<readonly Storm[]>;
  /** Records that the execution of this generation runs. */
  seen(id: string, generation: number, now: Instant): Promise<void>;
  /** Ends a generation. Returns false if another one has begun. */
  endGeneration(id: string, generation: number, endedAt?: Instant): Promise<boolean>;
  /** Publishes a list: only then it can be answered. */
  publishList(id: string, list: Omit<StormList, 'answer'>): Promise<void>;
  listOf(id: string, digest: string): Promise<StormList | null>;
  /** Takes the first answer to a list. The same answer again is taken again. */
  answer(id: string, answer: StormAnswer): Promise<Answered>;
  /** Records that an answer was sent to all of its list. */
  answerDone(id: string, list: string): Promise<void>;
  /** Records what was published, and that nothing is asked where `list` is absent. */
  show(id: string, shown: object, list: string | undefined): Promise<void>;
}
