import type {
  CreatePipelineInput,
  CreatePipelineOutput,
  DeletePipelineInput,
  GetPipelineInput,
  GetPipelineOutput,
  ListPipelinesInput,
  ListPipelinesOutput,
  PipelineDeclaration,
  UpdatePipelineInput,
  UpdatePipelineOutput,
} from '@aws-sdk/client-codepipeline';
import { AwsError, type Caller, type Operation } from '../../service.ts';
import { onPipeline } from '../access.ts';
import { callerArn } from '../callers.ts';
import { check } from '../check.ts';
import { emitStage } from '../events.ts';
import { isRunning, type Pipeline, type Place } from '../model.ts';
import { pipelineArn } from '../names.ts';
import { page } from '../paging.ts';
import { end, start } from '../runs/execution.ts';
import { isObject, revisionsOf } from '../runs/sources.ts';
import { findPipeline, type CodePipelineState } from '../state.ts';
import { passing } from '../../needs/passed-roles.ts';

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_Operations.html */
export function pipelineOperations(state: CodePipelineState): Readonly<Record<string, Operation>> {
  const written =
    (action: string) =>
    ({ pipeline }: CreatePipelineInput | UpdatePipelineInput) => [
      onPipeline(state, action, pipeline?.name),
      ...(pipeline?.roleArn === undefined ? [] : [passing(pipeline.roleArn, SERVICE)]),
    ];
  return {
    CreatePipeline: {
      authorize: written('CreatePipeline'),
      run: (input: CreatePipelineInput, caller) => create(state, input, caller),
    },
    UpdatePipeline: {
      authorize: written('UpdatePipeline'),
      run: (input: UpdatePipelineInput) => update(state, input),
    },
    DeletePipeline: {
      authorize: ({ name }: DeletePipelineInput) => [onPipeline(state, 'DeletePipeline', name)],
      run: ({ name }: DeletePipelineInput) => remove(state, name),
    },
    GetPipeline: {
      authorize: ({ name }: GetPipelineInput) => [onPipeline(state, 'GetPipeline', name)],
      run: ({ name }: GetPipelineInput): GetPipelineOutput => {
        const pipeline = findPipeline(state, name);
        return {
          pipeline: declared(pipeline),
          metadata: {
            pipelineArn: pipelineArn(pipeline.name),
            created: new Date(pipeline.createdAt),
            updated: new Date(pipeline.updatedAt),
          },
        };
      },
    },
    ListPipelines: {
      authorize: () => [{ action: 'codepipeline:ListPipelines', resource: '*' }],
      run: (input: ListPipelinesInput): ListPipelinesOutput => {
        const { items, next } = page([...state.pipelines.values()], input, 1000);
        return {
          pipelines: items.map(({ name, version, declaration, createdAt, updatedAt }) => ({
            ...{ name, version, pipelineType: declaration.pipelineType ?? 'V1' },
            executionMode: declaration.executionMode ?? 'SUPERSEDED',
            ...{ created: new Date(createdAt), updated: new Date(updatedAt) },
          })),
          ...next,
        };
      },
    },
  };
}

const SERVICE = 'codepipeline.amazonaws.com';

/**
 * Creates a pipeline, and starts its first execution at once where all sources are objects. AWS starts one for commits too,
 * which is not modelled. https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create.html
 */
function create(
  state: CodePipelineState,
  { pipeline, tags = [] }: CreatePipelineInput,
  caller: Caller,
): CreatePipelineOutput {
  const declaration = checked(pipeline);
  const name = declaration.name ?? '';
  if (state.pipelines.has(name))
    throw new AwsError('PipelineNameInUseException', `A pipeline with name '${name}' already exists`);
  const now = state.surroundings.clock.now();
  const created: Pipeline = {
    ...{ name, declaration, version: 1, createdAt: now, updatedAt: now, busyUntil: 0 },
    tags: Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value])),
    executions: [],
    places: new Map(),
  };
  layPlaces(created, now);
  state.pipelines.set(name, created);
  if (declaration.stages?.[0]?.actions?.every(isObject) === true) {
    const trigger = { triggerType: 'CreatePipeline', triggerDetail: callerArn(caller) } as const;
    start(state, created, revisionsOf(state, created, []), trigger);
  }
  return { pipeline: declared(created), tags };
}

/**
 * Replaces the structure and raises its version. Executions in progress end as Cancelled, as their status is described.
 * https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecution.html
 */
function update(state: CodePipelineState, { pipeline }: UpdatePipelineInput): UpdatePipelineOutput {
  const declaration = checked(pipeline);
  const found = findPipeline(state, declaration.name);
  const now = state.surroundings.clock.now();
  Object.assign(found, { declaration, version: found.version + 1, updatedAt: now });
  for (const place of found.places.values()) cancel(state, place);
  for (const execution of found.executions.filter(isRunning)) end(state, execution, 'Cancelled');
  layPlaces(found, now);
  return { pipeline: declared(found) };
}

/** Deletes a pipeline with its history. One that does not exist is deleted already. */
function remove(state: CodePipelineState, name = ''): object {
  const found = state.pipelines.get(name);
  for (const place of found?.places.values() ?? []) cancel(state, place);
  state.pipelines.delete(name);
  return {};
}

function cancel(state: CodePipelineState, place: Place): void {
  place.waiting = [];
  if (place.latest === null || !isRunning(place.latest)) return;
  place.latest.status = 'Cancelled';
  for (const one of place.latest.actions.filter(isRunning)) one.status = 'Abandoned';
  emitStage(state, place.latest);
}

function layPlaces({ declaration, places }: Pipeline, now: number): void {
  const names = (declaration.stages ?? []).map(({ name = '' }) => name);
  for (const gone of [...places.keys()].filter((name) => !names.includes(name))) places.delete(gone);
  for (const name of names.filter((one) => !places.has(one)))
    places.set(name, { name, latest: null, waiting: [], transition: { enabled: true, by: '', at: now } });
}

function checked(pipeline: PipelineDeclaration | undefined): PipelineDeclaration {
  const declaration = { ...(pipeline ?? ({} as PipelineDeclaration)) };
  delete declaration.version;
  check(declaration);
  return declaration;
}

function declared({ declaration, version }: Pipeline): PipelineDeclaration {
  return { executionMode: 'SUPERSEDED', pipelineType: 'V1', ...declaration, version };
}
