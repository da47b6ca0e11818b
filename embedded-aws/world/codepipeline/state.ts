import type { Surroundings } from '../aws.ts';
import type { Random } from '../random.ts';
import type { CodeReleases, PipelineObjects, ReleasedCode } from '../seams.ts';
import { noExecution, noPipeline, noStage } from './errors.ts';
import type { Execution, Pipeline, Place } from './model.ts';

/** A commit of the sources, as the scenario wrote it. */
export interface Commit {
  readonly code: ReleasedCode;
  readonly summary: string;
  readonly url?: string;
}

/** The function that a stack deploys. */
export interface StackFunction {
  readonly functionName: string;
  readonly alias: string;
}

export interface CodePipelineState {
  readonly surroundings: Surroundings;
  readonly functions: CodeReleases;
  readonly objects: PipelineObjects;
  readonly chance: Random;
  readonly pipelines: Map<string, Pipeline>;
  /** By revision id. */
  readonly commits: Map<string, Commit>;
  readonly stacks: Map<string, StackFunction>;
  /** The commit of each change set that was created and not executed, by `stack/change set`. */
  readonly changeSets: Map<string, string>;
  /** Seconds that an action takes, by its name. */
  readonly durations: Map<string, number>;
  /** Why the next run of an action fails, by its name. */
  readonly failing: Map<string, string>;
  /** Executions that AWS holds for outdated. */
  readonly outdated: Set<string>;
}

export function createState(
  surroundings: Surroundings,
  { functions, objects }: Pick<CodePipelineState, 'functions' | 'objects'>,
): CodePipelineState {
  return {
    ...{ surroundings, functions, objects, chance: surroundings.random('codepipeline') },
    ...{ pipelines: new Map(), commits: new Map(), stacks: new Map(), changeSets: new Map() },
    ...{ durations: new Map(), failing: new Map(), outdated: new Set() },
  };
}

/** @throws AwsError PipelineNotFoundException */
export function findPipeline({ pipelines }: CodePipelineState, name = ''): Pipeline {
  const found = pipelines.get(name);
  if (found === undefined) throw noPipeline(name);
  return found;
}

/** @throws AwsError StageNotFoundException */
export function findPlace({ places, name }: Pipeline, stage = ''): Place {
  const found = places.get(stage);
  if (found === undefined) throw noStage(name, stage);
  return found;
}

/** @throws AwsError PipelineExecutionNotFoundException */
export function findExecution({ executions }: Pipeline, id = ''): Execution {
  const found = executions.find((one) => one.id === id);
  if (found === undefined) throw noExecution(id);
  return found;
}
