import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Stage } from '../../local/scenarios/stage.ts';

/** Folder in which played scenarios record the IAM actions of their roles. */
const FOLDER = '.build/asked';

/** Deletes the records of an earlier run. */
export function forgetAsked(): void {
  rmSync(FOLDER, { recursive: true, force: true });
}

/** Records `role action` of every call that a scenario made. */
export function keepAsked(scenario: string, { runtime }: Stage): void {
  const asked = runtime.wire.calls.flatMap(({ role, asked }) => asked.map((action) => `${role} ${action}`));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, `${scenario}.json`), JSON.stringify([...new Set(asked)]));
}

/** Returns the recorded actions, by scenario. */
export function readAsked(): ReadonlyMap<string, readonly string[]> {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  return new Map(
    files.map((file) => [
      path.parse(file).name,
      JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as string[],
    ]),
  );
}
