import { fork } from 'node:child_process';

export interface Play {
  /** Name of the scenario. */
  readonly name: string;
  readonly seed: number;
  /** Calls the functions in process: see the stage. */
  readonly fast?: boolean;
  /** As `fast`, with invocations side by side. */
  readonly interleaved?: boolean;
  /** Plays it both ways, and compares them. */
  readonly both?: boolean;
}

export interface Played extends Play {
  /** Differences from the expected end; empty when it passed. */
  readonly problems: readonly string[];
}

export interface Players {
  /** Number of processes. Each plays one scenario at a time. */
  readonly count: number;
  readonly onPlayed: (played: Played) => void;
  /** The module of each process. It receives one `Play` a message and answers each with its problems. */
  readonly player?: URL;
}

const PLAYER = new URL('player.ts', import.meta.url);

/** Limit in milliseconds. A play takes seconds; one that takes longer hangs. */
const LIMIT_MS = 600_000;

/** Plays each play once. A process that ends or hangs fails only its current play. */
export async function playAll(plays: readonly Play[], players: Players): Promise<void> {
  const queue = plays.values();
  await Promise.all(Array.from({ length: players.count }, () => playFrom(queue, players)));
}

async function playFrom(queue: Iterator<Play>, { onPlayed, player = PLAYER }: Players): Promise<void> {
  let process = start(player);
  try {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const problems = await process.play(next.value);
      onPlayed({ ...next.value, problems: problems ?? ['its process ended before the play did, or hung'] });
      if (problems !== null) continue;
      process.end();
      process = start(player);
    }
  } finally {
    process.end();
  }
}

interface Process {
  /** Plays once. Returns null when the process ended instead of answering. */
  play(play: Play): Promise<readonly string[] | null>;
  end(): void;
}

function start(player: URL): Process {
  const child = fork(player, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return {
    play: (play) =>
      new Promise((resolve) => {
        const died = () => {
          clearTimeout(limit);
          resolve(null);
        };
        const limit = setTimeout(died, LIMIT_MS);
        child.once('exit', died);
        child.once('message', (problems) => {
          clearTimeout(limit);
          child.off('exit', died);
          resolve(problems as readonly string[]);
        });
        child.send(play, (error) => {
          if (error !== null) died();
        });
      }),
    end: () => void child.kill(),
  };
}
