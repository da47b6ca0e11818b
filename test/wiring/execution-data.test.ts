import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PACKAGED } from '../../scripts/package.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly LoggingConfiguration?: { readonly IncludeExecutionData?: boolean } };
}

it('no log of a state machine keeps its data: the token of a question answers it', () => {
  const { Resources } = JSON.parse(readFileSync(PACKAGED, 'utf8')) as { Resources: Record<string, Resource> };
  const machines = Object.values(Resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
  expect(machines.length).toBeGreaterThan(2);
  const logging = machines.flatMap(({ Properties: { LoggingConfiguration: log } }) => log ?? []);
  expect(logging.length).toBeGreaterThan(0);
  for (const { IncludeExecutionData } of logging) expect(IncludeExecutionData).toBe(false);
});
