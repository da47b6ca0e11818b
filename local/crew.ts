import { fork } from 'node:child_process';

/** Processes that work through tasks. Each does one at a time. */
export interface Crew<Task, Answer> {
  /** Number of processes. */
  readonly count: number;
  /** The module of each process. It receives one task a message, and sends one answer for each. */
  readonly module: URL;
  /** Milliseconds after which a task counts as hung. */
  readonly limitMs: number;
  /** Tasks after which a process is replaced, because it holds more memory with each. Absent: it is kept. */
  readonly tasksPerProcess?: number;
  /** The folder in which the processes run. Absent: this one. */
  readonly folder?: string;
  /** Receives each answer as it comes; null if the process ended or hung instead. */
  readonly onAnswer: (task: Task, answer: Answer | null) => void;
}

/** Does each task once. A process that ends or hangs loses only its current task. */
export async function divide<Task, Answer>(tasks: Iterable<Task>, crew: Crew<Task, Answer>): Promise<void> {
  const queue = tasks[Symbol.iterator]();
  await Promise.all(Array.from({ length: crew.count }, () => workThrough(queue, crew)));
}

async function workThrough<Task, Answer>(queue: Iterator<Task>, crew: Crew<Task, Answer>): Promise<void> {
  let worker = start<Task, Answer>(crew);
  let done = 0;
  try {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      const answer = await worker.do(next.value);
      crew.onAnswer(next.value, answer);
      done++;
      const isWorn = crew.tasksPerProcess !== undefined && done % crew.tasksPerProcess === 0;
      if (answer !== null && !isWorn) continue;
      worker.end();
      worker = start(crew);
    }
  } finally {
    worker.end();
  }
}

interface Worker<Task, Answer> {
  /** Returns null when the process ended instead of answering. */
  do(task: Task): Promise<Answer | null>;
  end(): void;
}

function start<Task, Answer>({
  module,
  limitMs,
  folder,
}: Pick<Crew<Task, Answer>, 'module' | 'limitMs' | 'folder'>): Worker<Task, Answer> {
  const child = fork(module, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return {
    do: (task) =>
      new Promise((resolve) => {
        const died = () => {
          clearTimeout(limit);
          resolve(null);
        };
        const limit = setTimeout(died, limitMs);
        child.once('exit', died);
        child.once('message', (answer) => {
          clearTimeout(limit);
          child.off('exit', died);
          resolve(answer as Answer);
        });
        child.send(task as object, (error) => {
          if (error !== null) died();
        });
      }),
    end: () => void child.kill(),
  };
}

/** Answers the tasks of the process that started this one, one after the other. Call it in the module of a crew. */
export function answering(answer: (task: never) => Promise<unknown>): void {
  // A task that hangs must not outlive the process that waits for it.
  process.on('disconnect', () => process.exit());
  // Ctrl-C reaches every process of a terminal. The one that started this one decides when it ends.
  process.on('SIGINT', () => undefined);
  process.on('message', (task: unknown) => {
    void answer(task as never).then((answered) => process.send?.(answered));
  });
}
