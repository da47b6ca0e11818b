import { describe, expect, it } from 'vitest';
import {
  backAlready,
  blameOf,
  isBefore,
  noteOn,
  replaced,
  wantedIsBack,
} from '../../../src/rollback/blame.ts';
import type { Requested } from '../../../src/rollback/document.ts';
import type { Onset } from '../../../src/rollback/onset.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';

const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;

const deployed = (
  id: string,
  content: string,
  minute: number,
  more: Partial<Deployment> = {},
): Deployment => ({
  id,
  state: 'completed',
  startedAt: at(minute),
  finishedAt: at(minute),
  revision: { id, name: id },
  content,
  isRollback: false,
  ...more,
});

const V1 = deployed('v1', 'one', 5);
const V2 = deployed('v2', 'two', 30);
const BACK = deployed('v1 again', 'one', 32);
const FIX = deployed('v3', 'three', 32);

/** An alarm whose first breaching datapoint is that of this minute. */
function alarmed(minute: number): Requested {
  const onset = { at: at(minute), until: at(minute + 1) };
  const trigger = { type: 'alarm', id: 'x', at: at(minute + 3), alarm: 'red', onset } as const;
  return { request: { target: 'lambda:checkout/live', reason: 'red', trigger } };
}

describe('to blame is', () => {
  it('what ran when the harm began, and not the way back or the fix that came after it', () => {
    expect(blameOf([BACK, V2, V1], alarmed(30))).toEqual({ suspect: V2, replacedBy: BACK });
    expect(blameOf([FIX, V2, V1], alarmed(30))).toEqual({ suspect: V2, replacedBy: FIX });
  });

  it('the newest, where it ran when the harm began', () => {
    expect(blameOf([V2, V1], alarmed(31))).toEqual({ suspect: V2, replacedBy: null });
  });

  it('the newest, where nothing had begun when the harm did, and where a person asks', () => {
    expect(blameOf([V2, V1], alarmed(2))).toEqual({ suspect: V2, replacedBy: null });
    const asked = { request: { target: 'lambda:checkout/live', reason: 'carts are empty' } };
    expect(blameOf([BACK, V2, V1], asked)).toEqual({ suspect: BACK, replacedBy: null });
  });

  it('what the judge found on an earlier look, before what the trigger says', () => {
    const since: Onset = { at: at(30), until: at(31) };
    const looked = { ...alarmed(40), verdict: { since } };
    expect(blameOf([BACK, V2, V1], looked)).toMatchObject({ suspect: V2 });
  });

  it('what runs, where the suspect was deployed again since', () => {
    const again = deployed('v2 again', 'two', 34);
    expect(blameOf([again, BACK, V2, V1], alarmed(30))).toEqual({ suspect: V2, replacedBy: null });
  });

  it('another, where of what is deployed nothing is known', () => {
    const [old, bare] = [V2, FIX].map(({ content: _, ...rest }) => rest);
    expect(blameOf([bare!, old!, V1], alarmed(30))).toMatchObject({
      suspect: { id: 'v2' },
      replacedBy: { id: 'v3' },
    });
  });

  it('null, where no deployment is known', () => {
    expect(blameOf([], alarmed(30))).toBeNull();
  });
});

describe('what may be gone back to', () => {
  const recent = [FIX, V2, V1];
  const blame = { suspect: V2, replacedBy: FIX };
  const may = (content: string, minute: number) => isBefore({ content, since: at(minute) }, blame, recent);

  it('was there before the suspect, under whatever id', () => {
    expect(may('one', 5)).toBe(true);
    expect(may('one', 50)).toBe(true);
    expect(may('older than the list', 1)).toBe(true);
  });

  it('is not what the suspect brought, and nothing that came after it', () => {
    expect(may('two', 1)).toBe(false);
    expect(may('three', 32)).toBe(false);
    expect(may('a step of the suspect', 31)).toBe(false);
  });
});

describe('a plan says', () => {
  const blame = { suspect: V2, replacedBy: BACK };

  it('that the way back is there, or on its way', () => {
    expect(backAlready(BACK, blame)).toBe('v1 again is back already: it replaced v2');
    expect(backAlready({ ...BACK, state: 'in-flight' }, blame)).toBe(
      'v1 again is being brought back already: it replaces v2',
    );
  });

  it('that the wanted revision is back, unless it gets only a share of the traffic', () => {
    const content = BACK.content ?? '';
    expect(wantedIsBack(blame, content)).toBe('v1 again is back already: it replaced v2');
    expect(wantedIsBack(blame, 'another')).toBeNull();
    expect(wantedIsBack({ ...blame, replacedBy: { ...BACK, sharesWith: 'unknown' } }, content)).toBeNull();
    expect(wantedIsBack({ ...blame, replacedBy: null }, content)).toBeNull();
    expect(wantedIsBack(null, content)).toBeNull();
  });

  it('that the replacement shares the traffic, where weights give it a part', () => {
    const share = { ...BACK, sharesWith: 'unknown' } as const;
    expect(noteOn({ ...blame, replacedBy: share })).toEqual([
      'v2 is held responsible, because it ran when the harm began; v1 again shares the traffic with it since',
    ]);
    expect(replaced(share, blame, []).reason).toMatch(/^v1 again shares the traffic with v2, which ran/);
  });

  it('whom it holds responsible, where that is not what runs', () => {
    expect(noteOn(blame)).toEqual([
      'v2 is held responsible, because it ran when the harm began; v1 again has replaced it since',
    ]);
    expect(noteOn({ suspect: V2, replacedBy: null })).toEqual([]);
  });

  it('that what replaced the suspect is left alone, and what was passed over', () => {
    expect(replaced(FIX, blame, ['v1 was deleted'])).toEqual({
      state: 'no-way-back',
      reason:
        'v3 replaced v2, which ran when the harm began, and nothing proven before that can be gone back to; v1 was deleted',
      suspect: V2.revision,
    });
  });
});
