/** Replaces `local/campaign/player.ts`: every third play breaks an invariant, and the play 7 ends its process. */
import type { Answer, Task } from '../../local/campaign/player.ts';

process.on('message', ({ place, shrinks }: Task) => {
  if (place === 7) process.exit(1);
  process.send?.(answerTo(place, shrinks !== undefined));
});

function answerTo(place: number, isShrinking: boolean): Answer {
  if (isShrinking) return { shrunk: null };
  const breaches = place % 3 === 0 ? [{ invariant: 'made-up', saw: `play ${place}` }] : [];
  const reached = {
    ...{ kinds: ['ecs'], controllers: [], strategies: [], faults: ['a-fault'] },
    ...{ states: ['rollback.Claim'], invariants: ['made-up'] },
  };
  return { played: { breaches, reached, cpuMs: place, simulatedMinutes: 60 } };
}
