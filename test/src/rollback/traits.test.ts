import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, environmentTraits, shownTraits } from '../../../src/rollback/traits.ts';

describe('what changes between two revisions', () => {
  it('has one line each, in the order of the traits', () => {
    const from = shownTraits({ 'image of app': 'shop:2', memory: 512, runtime: 'node' });
    const to = shownTraits({ 'image of app': 'shop:1', memory: 512, handler: 'index.handler' });
    expect(changesBetween(from, to)).toEqual([
      'image of app: shop:2 → shop:1',
      'runtime: node → none',
      'handler: none → index.handler',
    ]);
  });

  it('leaves out what is not there', () => {
    expect(shownTraits({ image: undefined, command: '', memory: 0 })).toEqual({ memory: { shown: '0' } });
    expect(environmentTraits({ URL: undefined })).toEqual({ 'environment variable URL': { hidden: '' } });
  });

  it('names the variables of an environment', () => {
    const from = environmentTraits({ URL: 'one', NEW: 'x', SAME: 'y' }, ' of app');
    const to = environmentTraits({ URL: 'other', OLD: 'x', SAME: 'y' }, ' of app');
    expect(changesBetween(from, to)).toEqual([
      'environment variable URL of app: another value',
      'environment variable NEW of app: set → none',
      'environment variable OLD of app: none → set',
    ]);
  });

  it('never shows a value of an environment', () => {
    const secret = fc.stringMatching(/^zq[a-z]{6,12}$/);
    const environment = fc.dictionary(fc.stringMatching(/^[A-Z]{1,4}$/), secret);
    fc.assert(
      fc.property(environment, environment, (from, to) => {
        const shown = changesBetween(environmentTraits(from), environmentTraits(to)).join('\n');
        expect(shown).not.toContain('zq');
      }),
    );
  });

  it('is short, and counts the rest', () => {
    const many = shownTraits(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`trait ${i}`, 'x'])));
    const changes = changesBetween(many, {});
    expect([changes.length, changes.at(-1)]).toEqual([21, 'and 10 more']);
    const [long] = changesBetween(shownTraits({ image: 'x'.repeat(1000) }), {});
    expect(long).toHaveLength(300);
  });

  it('is nothing between equal ones', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (values) => {
        expect(changesBetween(environmentTraits(values), environmentTraits(values))).toEqual([]);
      }),
    );
  });
});
