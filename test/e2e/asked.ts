import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Stage } from '../../local/scenarios/stage.ts';

/** Where the scenarios that were played leave what their roles asked IAM for. */
const FOLDER = '.build/asked';

/** Forgets what an earlier run left. */
export function forgetAsked(): void {
  rmSync(FOLDER, { recursive: true, force: true });
}

/** Keeps `role action` of every call that was made in a scenario. */
export function keepAsked(scenario: string, { runtime }: Stage): void {
  const asked = runtime.wire.calls.flatMap(({ role, asked }) => asked.map((action) => `${role} ${action}`));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, `${scenario}.json`), JSON.stringify([...new Set(asked)]));
}

/** What was asked, by scenario. */
export function readAsked(): ReadonlyMap<string, readonly string[]> {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  return new Map(
    files.map((file) => [
      path.parse(file).name,
      JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as string[],
    ]),
  );
}
