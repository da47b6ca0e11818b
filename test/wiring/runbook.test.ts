import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { PACKAGED } from '../../scripts/package.ts';

const stack = readStack(PACKAGED, '.');
const named = (text: string) => [...text.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, name]) => name ?? '');

/** Functions that may start a rollback, by their names without the stage. */
const starters = stack.functions
  .filter(({ role }) => mayStart(role))
  .map(({ name, arn }) => ({ name: name.replace(/^lastgood-prod-/, ''), arn }));

function mayStart(role: string): boolean {
  const machine = stack.stateMachines.find(({ name }) => name === 'lastgood-prod-rollback')?.arn ?? '';
  return stack.roles
    .filter(({ name }) => name === role)
    .flatMap(({ policies }) => policies.flatMap(({ Statement }) => Statement))
    .some(
      ({ Action, Resource = [] }) =>
        [Action].flat().includes('states:StartExecution') && [Resource].flat().includes(machine),
    );
}

describe('"Stop Lastgood, for all" in the runbook', () => {
  const [, forAll = ''] = /^- For all: (.*?)(?=^- )/ms.exec(readFileSync('docs/runbook.md', 'utf8')) ?? [];

  it('names every function that may start a rollback', () => {
    expect(starters.length).toBeGreaterThan(4);
    expect(starters.map(({ name }) => name).filter((name) => !named(forAll).includes(name))).toEqual([]);
  });

  it('stops every function that more than a rule may invoke', () => {
    const [, throttled = ''] = /reserved concurrency of (.*?) to 0/s.exec(forAll) ?? [];
    const invoked = starters.filter(({ arn }) =>
      stack.permissions.some((one) => one.function === arn && one.principal !== 'events.amazonaws.com'),
    );
    expect(named(throttled).toSorted()).toEqual(invoked.map(({ name }) => name).toSorted());
  });
});
