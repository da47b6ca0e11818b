import type { Slices } from '../../src/rollback/document.ts';
import type { Health } from '../../src/rollback/health.ts';
import { said, type Said } from './said.ts';

export function stopSays({ stopped }: Slices): Said | null {
  switch (stopped?.state) {
    case undefined:
      return null;
    case 'stopped':
      return said(`stopped ${stopped.deployment}`);
    case 'reverting':
      return said(`stopped ${stopped.deployment}, which brings the old revision back`);
    case 'not-running':
      return said('nothing is in flight');
    case 'left-to-revert':
      return said(`left ${stopped.deployment} to the revert: ${stopped.reason}`);
  }
}

export function revertSays({ plan, reverted }: Slices): Said | null {
  if (reverted === undefined) return null;
  if (reverted.state === 'failed') return said(`could not start: ${reverted.reason}`, { tone: 'bad' });
  const rung = plan !== undefined && 'rungs' in plan ? plan.rungs[reverted.rung] : undefined;
  const does = rung === undefined ? '' : `: ${rung.does}`;
  return said(`${reverted.state}${does} (${reverted.deployment})`);
}

export function settleSays({ settled }: Slices): Said | null {
  switch (settled?.state) {
    case undefined:
      return null;
    case 'settled':
    case 'pending':
    case 'due':
      return said(`${settled.state}: ${settled.summary}`, { isPoll: settled.state === 'pending' });
    case 'failed':
    case 'overtaken':
      return said(`${settled.state}: ${settled.reason}`, { tone: 'bad' });
  }
}

/** Names the signs that are not healthy. */
export function healthSays({ health }: Slices): Said | null {
  if (health === undefined) return null;
  const open = health.signs.filter(({ state }) => state === 'unhealthy' || state === 'unknown');
  const signs = open.map(({ of, state, says }) => `${of} is ${state} (${says})`).join('; ');
  const tones = { proven: 'good', pending: 'plain', unproven: 'bad' } as const;
  return said(`${health.state}: ${signs === '' ? healthyIn(health) : signs}`, {
    isPoll: health.state === 'pending',
    tone: tones[health.state],
  });
}

function healthyIn(health: Health): string {
  const count = health.signs.filter(({ state }) => state === 'healthy').length;
  const since = 'healthySince' in health ? ` since ${health.healthySince}` : '';
  return `${count === 1 ? 'the one sign is' : `all ${count} signs are`} healthy${since}`;
}
