import type { ActionDeclaration, ErrorDetails } from '@aws-sdk/client-codepipeline';
import { AwsError } from '../../service.ts';
import type { Execution } from '../model.ts';
import type { CodePipelineState } from '../state.ts';

/** Seconds that actions take, by category. AWS gives no figures. */
const SECONDS: Readonly<Record<string, number>> = { Source: 5, Deploy: 60 };

/** The behaviour of a commit that the scenario did not write. */
export const SOUND = { errorRate: 0, latency: 0.05 };

export function durationOf({ durations }: CodePipelineState, { name = '', actionTypeId }: ActionDeclaration) {
  return durations.get(name) ?? SECONDS[actionTypeId?.category ?? ''] ?? 0;
}

/** The end of an action: a summary, or the error that failed it. */
export type Ended = { readonly summary: string } | { readonly error: ErrorDetails };

/** Makes the change of an action. An execution of the type ROLLBACK has the artifacts of its target. */
export function finish(state: CodePipelineState, execution: Execution, action: ActionDeclaration): Ended {
  const { category, provider } = action.actionTypeId ?? {};
  const failing = state.failing.get(action.name ?? '');
  state.failing.delete(action.name ?? '');
  if (failing !== undefined) return failed(failing);
  const commit = execution.revisions[0]?.revisionId ?? '';
  try {
    if (provider === 'S3')
      return category === 'Source'
        ? fetched(state, execution, action)
        : deployObject(state, execution, action);
    if (provider === 'Lambda') return deployFunction(state, commit, action.configuration ?? {});
    if (provider === 'CloudFormation') return changeStack(state, commit, action.configuration ?? {});
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return failed(error.message);
  }
  return { summary: execution.revisions[0]?.revisionSummary ?? '' };
}

/**
 * Updates the code, publishes a version and points the alias at it, all at once.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-LambdaDeploy.html
 */
function deployFunction(state: CodePipelineState, commit: string, given: Configuration): Ended {
  const { FunctionName = '', FunctionAlias = '' } = given;
  return { summary: release(state, commit, { functionName: FunctionName, alias: FunctionAlias }) };
}

/**
 * Copies the newest object to the artifact store, from which the next actions read it.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts.html#concepts-artifacts
 */
function fetched(state: CodePipelineState, execution: Execution, action: ActionDeclaration): Ended {
  const { S3Bucket = '', S3ObjectKey = '' } = action.configuration ?? {};
  const revision = execution.revisions.find(({ actionName }) => actionName === action.name);
  const object = state.objects.get(S3Bucket, S3ObjectKey);
  if (revision === undefined || object === null)
    return failed(`The object with key '${S3ObjectKey}' from bucket '${S3Bucket}' does not exist.`);
  const { name, declaration } = execution.pipeline;
  const artifact = action.outputArtifacts?.[0]?.name ?? '';
  const store = declaration.artifactStore?.location ?? '';
  state.objects.put(store, `${name}/${artifact}/${execution.id}`, object);
  return { summary: revision.revisionSummary ?? '' };
}

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3Deploy.html */
function deployObject(
  { objects }: CodePipelineState,
  execution: Execution,
  action: ActionDeclaration,
): Ended {
  const { BucketName = '', ObjectKey = '' } = action.configuration ?? {};
  if (!objects.hasBucket(BucketName)) return failed(`The bucket ${BucketName} does not exist.`);
  const { name, declaration } = execution.target?.pipeline ?? execution.pipeline;
  const artifact = action.inputArtifacts?.[0]?.name ?? '';
  const { id } = execution.target ?? execution;
  const object = objects.get(declaration.artifactStore?.location ?? '', `${name}/${artifact}/${id}`);
  if (object === null) return failed(`The artifact ${artifact} does not exist.`);
  objects.put(BucketName, ObjectKey, object);
  return { summary: `Deployed ${ObjectKey} to ${BucketName}.` };
}

type Configuration = Readonly<Record<string, string>>;

/**
 * Creates a change set, or executes one. CloudFormation deletes a change set that was executed. An action that runs
 * again finds none, unless the stage creates it too: https://github.com/aws/aws-cdk/issues/11995
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 */
function changeStack(state: CodePipelineState, commit: string, given: Configuration): Ended {
  const { ActionMode = '', StackName = '', ChangeSetName = '' } = given;
  const key = `${StackName}/${ChangeSetName}`;
  if (ActionMode === 'CHANGE_SET_REPLACE') {
    state.changeSets.set(key, commit);
    return { summary: `Change set ${ChangeSetName} was created.` };
  }
  if (ActionMode !== 'CHANGE_SET_EXECUTE')
    return failed(`Not modelled in the embedded AWS: the action mode ${ActionMode}.`);
  const prepared = state.changeSets.get(key);
  if (prepared === undefined) return failed(`ChangeSet [${ChangeSetName}] does not exist`);
  state.changeSets.delete(key);
  const deploys = state.stacks.get(StackName);
  return { summary: deploys === undefined ? '' : release(state, prepared, deploys) };
}

function release(
  { functions, commits }: CodePipelineState,
  commit: string,
  { functionName, alias }: { readonly functionName: string; readonly alias: string },
): string {
  const code = commits.get(commit)?.code ?? SOUND;
  const version = functions.release(functionName, alias, { code, codeSha256: commit });
  return `Deployed version ${version} of ${functionName}.`;
}

/** The code that public recordings show of a failed action. */
function failed(message: string): Ended {
  return { error: { code: 'JobFailed', message } };
}
