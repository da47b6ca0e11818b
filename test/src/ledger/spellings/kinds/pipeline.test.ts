import { describe, expect, it } from 'vitest';
import { spelling } from '../../../../../src/ledger/spellings/kinds/pipeline.ts';

const REVISION = { id: '1f2e3d4c-0123-4123-8123-012345678901', name: 'c0ffee1@1f2e3d4c' };

function reads(text: string): string {
  const spelled = spelling.read(text, 'checkout/Prod');
  if (spelled.state === 'unclear') return 'unclear';
  if (spelled.is(REVISION)) return 'is';
  return spelled.mayBe(REVISION) ? 'may be' : 'is not';
}

describe('an execution as people write it', () => {
  it.each([
    [REVISION.id, 'is'],
    [REVISION.name, 'is'],
    ['c0ffee1', 'is'],
    ['C0FFEE1', 'is'],
    ['1f2e3d4c', 'is'],
    ['c0ffee1234567890', 'may be'],
    ['c0ffee2', 'is not'],
    ['2f2e3d4c-0123-4123-8123-012345678901', 'is not'],
    ['main', 'unclear'],
  ])('%s: %s', (text, answer) => {
    expect(reads(text)).toBe(answer);
  });
});
