import { expect, it } from 'vitest';
import { contentOf, traitsIn } from '../../../../functions/mechanisms/cloudformation/content.ts';

const parameters = { Version: '41', Secret: '****' };

it('is equal for equal templates and parameters, in any order, and leaves out what is masked', () => {
  const content = contentOf({ parameters }, '{}');
  expect(contentOf({ parameters: { Secret: '****', Version: '41' } }, '{}')).toBe(content);
  expect(contentOf({ parameters: { ...parameters, Version: '42' } }, '{}')).not.toBe(content);
  expect(contentOf({ parameters }, '{"a":1}')).not.toBe(content);
  expect(content).not.toContain('Secret');
});

it('shows its parameters and the hash of its template', () => {
  expect(traitsIn(contentOf({ parameters }, '{}'))).toEqual({
    template: { shown: expect.stringMatching(/^[0-9a-f]{12}$/) as string },
    'parameter Version': { shown: '41' },
  });
});

it('is a hash if it is long, which shows nothing', () => {
  const content = contentOf({ parameters: { Body: 'x'.repeat(3_000) } }, '{}');
  expect(content).toMatch(/^[0-9a-f]{12}$/);
  expect(traitsIn(content)).toBeNull();
});
