import type { Course } from '../course.ts';
import { Interrupted, type Ground, type Wait } from '../ground.ts';
import type { Outputs, Part } from '../parts/part.ts';
import { QUESTIONS } from './all.ts';
import { notSeen, type Answer, type Answered, type Question, type View } from './question.ts';

interface Options {
  readonly ground: Pick<Ground, 'clients' | 'now'>;
  readonly outputs: Outputs;
  readonly stage: string;
  readonly wait: Wait;
}

/** Asks the open questions while the parts are played, and answers them afterwards. */
export class Inquiry {
  readonly #options: Options;
  readonly #seen = new Map<string, string[]>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** A look that fails is noted: it must not end the run. */
  async look({ name }: Part): Promise<void> {
    for (const question of QUESTIONS.filter(({ part }) => part === name)) {
      const note = await question
        .look?.(this.#view())
        .catch((error: unknown) => `could not be read: ${says(error)}`);
      const notes = this.#seen.get(question.id) ?? [];
      if (note !== undefined && note !== null && notes.at(-1) !== note) notes.push(note);
      this.#seen.set(question.id, notes);
    }
  }

  /** Answers the questions of the parts that were played. */
  async answers(courses: readonly Course[]): Promise<readonly Answered[]> {
    const answered: Answered[] = [];
    for (const question of QUESTIONS) {
      const course = courses.find(({ part }) => part.name === question.part);
      if (course === undefined) continue;
      const { id, looksAt, assumed } = question;
      answered.push({ id, looksAt, assumed, answer: await this.#answer(question, course) });
    }
    return answered;
  }

  #view(): View {
    const { ground, outputs, stage } = this.#options;
    return { clients: ground.clients, outputs, stage, now: ground.now() };
  }

  async #answer(question: Question, course: Course): Promise<Answer> {
    const seen = this.#seen.get(question.id) ?? [];
    try {
      return await question.answer({ ...this.#view(), course, seen, wait: this.#options.wait });
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      return notSeen(says(error));
    }
  }
}

function says(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
