import { describe, expect, it } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { scenarios } from '../../local/scenarios/all.ts';
import { PARAMETERS } from '../../local/scenarios/stage.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { readAsked } from '../e2e/asked.ts';

/**
 * Every scenario checks that its calls are allowed. This is the other direction of least privilege: after all scenarios
 * were played, no role may allow an action that no scenario called.
 */

/** Actions that AWS uses on behalf of functions, without a call of theirs. */
const USED_BY_AWS = /^(logs|xray|sqs):/;

describe('the roles of the packaged template', () => {
  const asked = readAsked();

  it('were recorded in every scenario (run the whole suite: this reads the records of the scenarios)', () => {
    expect(scenarios.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
  });

  it('allow only actions that are called', () => {
    const called = new Set([...asked.values()].flat());
    const unused = granted().filter((grant) => !called.has(grant));
    expect(unused).toEqual([]);
  });
});

/** Returns `role action` of every action that a function's role allows. */
function granted(): readonly string[] {
  const { functions, roles } = readStack(PACKAGED, '.', PARAMETERS);
  const ofFunctions = new Set(functions.map(({ role }) => role));
  return roles
    .filter(({ name }) => ofFunctions.has(name))
    .flatMap(({ name, policies }) =>
      policies.flatMap(({ Statement }) => Statement).map((statement) => ({ name, statement })),
    )
    .filter(({ statement }) => statement.Effect === 'Allow')
    .flatMap(({ name, statement }) => [statement.Action].flat().map((action) => [name, action] as const))
    .filter(([, action]) => typeof action === 'string' && !USED_BY_AWS.test(action))
    .map(([name, action]) => `${name} ${action}`);
}
