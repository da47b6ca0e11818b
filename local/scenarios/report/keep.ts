import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keyOf, nameOf } from '../../../src/aws/reports.ts';
import { mainExecution } from '../play.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { pagesIn } from './pages.ts';

/** The place of the reports that commands write. */
export const REPORTS = '.build/reports';

/** Returns the report page of the rollback that a scenario is about, or null. */
export function reportOf(scenario: Scenario, stage: Stage): string | null {
  const execution = mainExecution(scenario, stage);
  if (execution === undefined) return null;
  const key = keyOf(nameOf(execution.arn));
  return pagesIn(stage).find((page) => page.key === key)?.html ?? null;
}

/** Writes the report of a play to a file. Returns whether there is one. */
export function keepReport(scenario: Scenario, stage: Stage, file: string): boolean {
  const html = reportOf(scenario, stage);
  if (html === null) return false;
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, html);
  return true;
}
