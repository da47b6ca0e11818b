import type { Surroundings } from '../aws.ts';
import type { CodeReleases, PipelineObjects } from '../seams.ts';
import { limited, type AwsService } from '../service.ts';
import type { TaggedResources } from '../tagging/tagging.ts';
import { bucketOf } from './buckets.ts';
import { HONOURED } from './honoured.ts';
import { pipelineArn } from './names.ts';
import { executionOperations } from './operations/executions.ts';
import { pipelineOperations } from './operations/pipelines.ts';
import { stageOperations } from './operations/stages.ts';
import { tagOperations } from './operations/tags.ts';
import { createState, findPipeline, type Commit, type StackFunction } from './state.ts';

/** AWS CodePipeline, and what a scenario decides: commits, the time of actions, and answers that AWS does not explain. */
export interface CodePipeline extends AwsService, TaggedResources {
  /** Writes the code of a commit, which deploy actions release. */
  commit(revisionId: string, commit: Commit): void;
  /** Lets the executed change sets of a stack release a function. */
  stack(name: string, deploys: StackFunction): void;
  /** Sets the seconds that an action takes from now on. */
  takes(action: string, seconds: number): void;
  /** Fails the next run of an action, before it changes anything. */
  failsNext(action: string, reason: string): void;
  /** Lets a pipeline refuse rollbacks of its stages with ConflictException for some time. */
  busy(pipeline: string, seconds: number): void;
  /** Lets an execution count as outdated. */
  outdate(execution: string): void;
}

/**
 * Simulates AWS CodePipeline: pipelines of the types V1 and V2, whose stages run one execution at a time, with
 * transitions, approvals and rollbacks of stages. Actions deploy functions, directly or by a change set, and objects.
 * Sources are commits that a start names, or objects of S3. Conditions, retries, variables, the mode PARALLEL and other
 * actions are not modelled.
 */
export function createCodePipeline(
  surroundings: Surroundings,
  functions: CodeReleases,
  objects: PipelineObjects,
): CodePipeline {
  const state = createState(surroundings, { functions, objects });
  return {
    signingName: 'codepipeline',
    honoured: HONOURED,
    operations: limited(
      {
        ...pipelineOperations(state),
        ...executionOperations(state),
        ...stageOperations(state),
        ...tagOperations(state),
      },
      bucketOf,
    ),
    commit: (revisionId, commit) => void state.commits.set(revisionId, commit),
    stack: (name, deploys) => void state.stacks.set(name, deploys),
    takes: (action, seconds) => void state.durations.set(action, seconds),
    failsNext: (action, reason) => void state.failing.set(action, reason),
    busy: (pipeline, seconds) => {
      findPipeline(state, pipeline).busyUntil = surroundings.clock.now() + seconds * 1000;
    },
    outdate: (execution) => void state.outdated.add(execution),
    tagged: () => [...state.pipelines.values()].map(({ name, tags }) => ({ arn: pipelineArn(name), tags })),
  };
}
