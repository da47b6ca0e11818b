import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Decided } from '@lastgood/embedded-aws/wire/iam.ts';
import type { Stage } from '../../local/scenarios/stage.ts';

/** Folder in which played scenarios record the IAM actions of their roles. */
const FOLDER = '.build/asked';
/** Folder of the questions to IAM. Each scenario records those that no earlier one of its process had. */
const QUESTIONS = '.build/questions';

/** Deletes the records of an earlier run. */
export function forgetAsked(): void {
  for (const folder of [FOLDER, QUESTIONS]) rmSync(folder, { recursive: true, force: true });
}

/** Records `role action` of every call that a scenario made. */
export function keepAsked(scenario: string, { runtime }: Stage): void {
  const asked = runtime.wire.calls.flatMap(({ role, asked }) => asked.map((action) => `${role} ${action}`));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, `${scenario}.json`), JSON.stringify([...new Set(asked)]));
}

const recorded = new Set<string>();

/** Records the questions to IAM, with their answers. */
export function keepQuestions(scenario: string, { runtime }: Stage): void {
  const all = runtime.decided().map((question) => JSON.stringify(question));
  const fresh = all.filter((question) => !recorded.has(question));
  for (const question of fresh) recorded.add(question);
  mkdirSync(QUESTIONS, { recursive: true });
  writeFileSync(path.join(QUESTIONS, `${scenario}.jsonl`), fresh.map((question) => `${question}\n`).join(''));
}

/** Returns each recorded question once. */
export function readQuestions(): readonly Decided[] {
  const files = existsSync(QUESTIONS) ? readdirSync(QUESTIONS) : [];
  const lines = files.flatMap((file) => readFileSync(path.join(QUESTIONS, file), 'utf8').split('\n'));
  return [...new Set(lines)].filter((line) => line !== '').map((line) => JSON.parse(line) as Decided);
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
