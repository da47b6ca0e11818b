import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { PACKAGED } from '../../scripts/package.ts';

interface Machine {
  readonly Type: string;
  readonly Properties: { readonly LoggingConfiguration?: { readonly IncludeExecutionData?: boolean } };
}

const { functions, roles, stateMachines } = readStack(PACKAGED, '.', {});

/** Actions that only read, and those of logs and traces, which every role has. */
const READS = /:(BatchGet|Describe|Get|GET$|List|Lookup|Query|Scan)|^(logs|xray):/;

/** Returns the actions that a role allows and that write, in alphabetical order. */
function writesOf(role: string): readonly string[] {
  const policies = roles.find(({ name }) => name === role)?.policies ?? [];
  const allowed = policies.flatMap(({ Statement }) => Statement).filter(({ Effect }) => Effect === 'Allow');
  const actions = new Set(allowed.flatMap(({ Action }) => Action));
  return [...actions].filter((action) => !READS.test(action)).toSorted();
}

/** Returns the rows of the page's last table: the role, and the actions that it names. */
function rowsOf(page: string): ReadonlyMap<string, readonly string[]> {
  const table = page.slice(page.indexOf('## What a thief of a role could do'));
  const rows = [...table.matchAll(/^\| `([\w-]+)`\s*\| (.*?)\s*\|/gm)];
  return new Map(
    rows.map(([, role = '', writes = '']) => [
      role,
      [...writes.matchAll(/`([^`]+)`/g)].map(([, action = '']) => action).toSorted(),
    ]),
  );
}

describe('docs/trust.md', () => {
  const rows = rowsOf(readFileSync('docs/trust.md', 'utf8'));

  it('has a row for each function, and none for another', () => {
    const names = functions.map(({ name }) => name.replace('lastgood-prod-', ''));
    expect([...rows.keys()].toSorted()).toEqual(names.toSorted());
  });

  it.each(functions.map(({ name, role }) => [name.replace('lastgood-prod-', ''), role] as const))(
    'names every write of %s',
    (name, role) => {
      expect(rows.get(name)).toEqual(writesOf(role));
    },
  );

  it('is right that a state machine only invokes functions', () => {
    for (const { role } of stateMachines) expect(writesOf(role)).toEqual(['lambda:InvokeFunction']);
  });
});

it('no log holds the data of an execution, because they hold the task tokens of questions', () => {
  const { Resources } = JSON.parse(readFileSync(PACKAGED, 'utf8')) as { Resources: Record<string, Machine> };
  const machines = Object.values(Resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
  expect(machines).toHaveLength(stateMachines.length);
  for (const { Properties } of machines)
    expect(Properties.LoggingConfiguration?.IncludeExecutionData ?? false).toBe(false);
});
