import { describe, expect, it } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { scenarios } from '../../local/scenarios/all.ts';
import { PARAMETERS } from '../../local/scenarios/stage.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { readAsked } from '../e2e/asked.ts';

/**
 * The other direction of least privilege. That everything is allowed that is called, each scenario sees to by itself;
 * here, after all of them were played, nothing may be allowed that none of them called.
 */

/** Allowed to functions and used on their behalf by AWS, not by a call of theirs. */
const USED_BY_AWS = /^(logs|xray|sqs):/;

describe('the roles of the packaged template', () => {
  const asked = readAsked();

  it('were watched in every scenario (run the whole suite: this looks at what the scenarios left)', () => {
    expect(scenarios.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
  });

  it('allow nothing that is never called', () => {
    const called = new Set([...asked.values()].flat());
    const unused = granted().filter((grant) => !called.has(grant));
    expect(unused).toEqual([]);
  });
});

/** `role action` of everything that a function's role allows. */
function granted(): readonly string[] {
  const { functions, roles } = readStack(PACKAGED, '.', PARAMETERS);
  const ours = new Set(functions.map(({ role }) => role));
  return roles
    .filter(({ name }) => ours.has(name))
    .flatMap(({ name, policies }) =>
      policies.flatMap(({ Statement }) => Statement).map((statement) => ({ name, statement })),
    )
    .filter(({ statement }) => statement.Effect === 'Allow')
    .flatMap(({ name, statement }) => [statement.Action].flat().map((action) => [name, action] as const))
    .filter(([, action]) => typeof action === 'string' && !USED_BY_AWS.test(action))
    .map(([name, action]) => `${name} ${action}`);
}
