import { divide } from '../crew.ts';

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
  const { count, onPlayed, player = PLAYER } = players;
  await divide<Play, readonly string[]>(plays, {
    ...{ count, module: player, limitMs: LIMIT_MS },
    onAnswer: (play, problems) =>
      onPlayed({ ...play, problems: problems ?? ['its process ended before the play did, or hung'] }),
  });
}
