import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLANTS } from '../../../local/campaign/planted/all.ts';
import { planted } from '../../../local/campaign/planted/plant.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

describe('planted faults', () => {
  it.each(PLANTS)('$name has its place in $file', (plant) => {
    const text = readFileSync(path.join(ROOT, plant.file), 'utf8');
    expect(planted(plant, text)).not.toBe(text);
  });

  it('have names of their own', () => {
    expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
  });

  it('refuse a text that the file has never or twice', () => {
    const plant = { name: 'a', is: '', file: 'f', from: 'x', to: 'y', kinds: [] };
    expect(() => planted(plant, 'zz')).toThrow(/exactly once/);
    expect(() => planted(plant, 'xx')).toThrow(/exactly once/);
    expect(planted(plant, 'axb')).toBe('ayb');
  });
});
