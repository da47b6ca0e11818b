/** Replaces `local/scenarios/player.ts`: odd seeds pass, even ones fail, and seed 13 ends the process. */
import type { Play } from '../../local/scenarios/players.ts';

process.on('message', ({ name, seed }: Play) => {
  if (seed === 13) process.exit(1);
  process.send?.(seed % 2 === 1 ? [] : [`${name} broke`]);
});
