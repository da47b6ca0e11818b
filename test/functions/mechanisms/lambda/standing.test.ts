import { isWayBack, knownSides } from '../../../../src/ledger/known-sides.ts';
import { describe, expect, it } from 'vitest';
import { standingOf } from '../../../../functions/mechanisms/lambda/standing.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import { TARGET } from './stage.ts';

const canary = { version: '7', weights: { 8: 0.1 } };
const reversed = { version: '8', weights: { 7: 0.9 } };

function known(set: (entries: FakeEntries) => void) {
  const entries = new FakeEntries(TARGET);
  set(entries);
  return knownSides(entries.list);
}

describe('of two versions that share, the one introduced is', () => {
  it.each([
    ['the one with the weight, by convention', canary, known(() => undefined)],
    ['the one that is not proven', canary, known((entries) => entries.prove('7'))],
    [
      'the one that is not proven, also the other way round',
      reversed,
      known((entries) => entries.prove('7')),
    ],
    [
      'the condemned one, proven once or not',
      reversed,
      known((entries) => {
        entries.prove('7');
        entries.condemn('8');
      }),
    ],
  ])('%s', (_, configuration, read) => {
    expect(standingOf(configuration, null, read)).toEqual({ state: 'canary', introduced: '8', beside: '7' });
  });

  it('the one that Lambda moves the alias to', () => {
    const moving = { version: '8', weights: { 7: 1 } };
    for (const provisioned of ['IN_PROGRESS', 'FAILED'] as const) {
      expect(
        standingOf(
          moving,
          provisioned,
          known(() => undefined),
        ),
      ).toEqual({
        state: 'moving',
        introduced: '8',
        beside: '7',
      });
    }
    expect(
      standingOf(
        moving,
        null,
        known(() => undefined),
      ),
    ).toMatchObject({ state: 'canary', introduced: '7' });
  });
});

describe('an operator went back to a version', () => {
  it.each([
    ['where another was condemned after it had been proven', ['prove 1', 'condemn 2'], '1', true],
    ['not where it is the fix', ['prove 1', 'condemn 2'], '3', false],
    ['not where it was proven after that', ['condemn 2', 'prove 3'], '3', false],
    ['not where it is the condemned one', ['prove 1', 'condemn 2'], '2', false],
    ['not where nothing was condemned', ['prove 1'], '1', false],
  ])('%s', (_, history, version, is) => {
    const entries = new FakeEntries(TARGET);
    for (const [hour, event] of history.entries()) {
      const [what, id = ''] = event.split(' ');
      const at = `2026-11-22T0${hour}:00:00.000Z`;
      if (what === 'prove') entries.prove(id, at);
      else entries.condemn(id, at);
    }
    expect(isWayBack(version, entries.list)).toBe(is);
  });
});
