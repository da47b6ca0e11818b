import { fork } from 'node:child_process';

export interface Play {
  /** The scenario's. */
  readonly name: string;
  readonly seed: number;
  /** Calls the functions in process: see the stage. */
  readonly fast?: boolean;
  /** Plays it both ways, and holds them against each other. */
  readonly both?: boolean;
}

export interface Played extends Play {
  /** What did not end as it must; empty when it passed. */
  readonly problems: readonly string[];
}

export interface Players {
  /** How many play at once, each in a process of its own. */
  readonly count: number;
  readonly onPlayed: (played: Played) => void;
  /** The module that each process runs: it gets one `Play` a message and answers each with its problems. */
  readonly player?: URL;
}

const PLAYER = new URL('player.ts', import.meta.url);

/** A play takes seconds. One that takes this long, in milliseconds, hangs. */
const LIMIT_MS = 600_000;

/** Plays everything, each play once. A process that ends or hangs fails the play that it was at, and no other. */
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
  /** Null when the process ended instead of answering. */
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
