import type { Clients } from '../clients.ts';
import type { Course } from '../course.ts';
import type { Wait } from '../ground.ts';
import type { Outputs } from '../parts/part.ts';

/** What a question may look at. */
export interface View {
  readonly clients: Clients;
  readonly outputs: Outputs;
  /** Stage of Lastgood. */
  readonly stage: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What the run showed when it is over. */
export interface Shown extends View {
  /** How the question's part went. */
  readonly course: Course;
  /** What `look` returned, in order, without repetitions in a row. */
  readonly seen: readonly string[];
  readonly wait: Wait;
}

/** An answer in words. */
export type Answer =
  | { readonly is: 'as assumed'; readonly found: string }
  | { readonly is: 'otherwise'; readonly found: string }
  | { readonly is: 'not seen'; readonly why: string };

/** One entry of docs/unknown.md that the throw-away stack can answer. */
export interface Question {
  readonly id: string;
  /** Name of the part that shows it. */
  readonly part: string;
  /** What is looked at. */
  readonly looksAt: string;
  readonly assumed: string;
  /** Called at every look while the part's release and rollback run. Returns null where there is nothing to note. */
  look?(view: View): Promise<string | null>;
  /** Called once, after all parts. It may change the stack, which is removed next. */
  answer(shown: Shown): Promise<Answer> | Answer;
}

export type Answered = Pick<Question, 'id' | 'looksAt' | 'assumed'> & { readonly answer: Answer };

export function asAssumed(found: string): Answer {
  return { is: 'as assumed', found };
}

export function otherwise(found: string): Answer {
  return { is: 'otherwise', found };
}

export function notSeen(why: string): Answer {
  return { is: 'not seen', why };
}
