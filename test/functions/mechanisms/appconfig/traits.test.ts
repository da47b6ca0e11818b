import { expect, it } from 'vitest';
import { stage } from './stage.ts';

const READS = ['GetConfigurationProfile', 'ListHostedConfigurationVersions'];

it('both sides of a plan share the reads, and a later question reads again', async () => {
  const { mechanism, accepted, target } = stage();
  const traitsOf = (id: string) => mechanism.traits?.(target, { id, name: `flags:${id}` });
  const [first, second] = await Promise.all([traitsOf('1'), traitsOf('2')]);
  expect(accepted).toEqual(READS);
  expect(first).not.toEqual(second);
  await traitsOf('1');
  expect(accepted).toEqual([...READS, ...READS]);
});
