import { describe, expect, it } from 'vitest';
import type { Poll } from '../../../src/rollback/mechanism.ts';
import type { Trigger } from '../../../src/rollback/request.ts';
import { takenOver } from '../../../src/rollback/taken-over.ts';
import { AT, ready, request } from './documents.ts';

const newer = { by: 'd-2', reason: 'a newer deployment took over at noon' };
const rehearsal: Trigger = { type: 'rehearsal', id: 'r', at: AT, by: 'ada', way: 'back' };

const poll = (same: Poll | null, trigger?: Trigger) => {
  const asked = { ...request, ...(trigger && { trigger }) };
  return takenOver({ request: asked, plan: ready }, newer, () => same);
};

describe('a newer deployment during the way back', () => {
  it.each(['pending', 'settled'] as const)(
    'of the same revision is followed while it is %s',
    async (state) => {
      expect(await poll({ state, summary: '2 of 2' })).toEqual({
        state,
        summary: 'a newer deployment took over at noon, of checkout:41 as well; 2 of 2',
      });
    },
  );

  it('of the same revision fails as it fails', async () => {
    expect(await poll({ state: 'failed', reason: 'no' })).toEqual({ state: 'failed', reason: 'no' });
  });

  it('of another revision has overtaken it, and so has any into a rehearsal', async () => {
    const overtaken = { state: 'overtaken', ...newer };
    expect(await poll(null)).toEqual(overtaken);
    expect(await poll({ state: 'settled', summary: '2 of 2' }, rehearsal)).toEqual(overtaken);
  });
});
