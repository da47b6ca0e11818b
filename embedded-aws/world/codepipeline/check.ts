import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline';
import { invalid, notModelled } from './errors.ts';

const PIPELINE = ['name', 'roleArn', 'artifactStore', 'stages', 'version', 'executionMode', 'pipelineType'];
const STAGE = ['name', 'actions', 'onFailure'];
const ACTION = ['name', 'actionTypeId', 'runOrder', 'configuration', 'outputArtifacts', 'inputArtifacts'];

/** The providers that run here, by category. */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  Source: ['CodeStarSourceConnection', 'S3'],
  Approval: ['Manual'],
  Deploy: ['Lambda', 'CloudFormation', 'S3'],
};

/** The configuration that an action needs, and what else is modelled, by category and provider. */
const CONFIGURATION: Readonly<Record<string, { readonly needs: string[]; readonly takes?: string[] }>> = {
  'Deploy Lambda': { needs: ['FunctionName'], takes: ['FunctionAlias'] },
  'Deploy S3': { needs: ['BucketName', 'Extract', 'ObjectKey'] },
  'Source S3': { needs: ['S3Bucket', 'S3ObjectKey'], takes: ['PollForSourceChanges'] },
};

/**
 * Checks a declaration: two stages at least, sources in the first one alone.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-requirements.html
 * @throws AwsError ValidationException
 */
export function check(pipeline: PipelineDeclaration): void {
  only('a pipeline', pipeline, PIPELINE);
  const { stages = [], executionMode = 'SUPERSEDED', pipelineType = 'V1' } = pipeline;
  const names = stages.map(({ name }) => name);
  if (stages.length < 2) throw invalid('Pipeline must have at least 2 stages');
  if (new Set(names).size < names.length) throw invalid('Stage names within a pipeline must be unique');
  if (executionMode !== 'SUPERSEDED' && pipelineType === 'V1')
    throw invalid(`The execution mode ${executionMode} needs a pipeline of the type V2`);
  for (const [i, stage] of stages.entries()) checkStage(stage, i === 0);
}

function checkStage(stage: StageDeclaration, isFirst: boolean): void {
  only('a stage', stage, STAGE);
  const { actions = [], onFailure } = stage;
  if (onFailure !== undefined && onFailure.result !== 'ROLLBACK')
    throw notModelled('onFailure other than ROLLBACK');
  if (isFirst && onFailure !== undefined) throw invalid('A source stage cannot be rolled back');
  for (const action of actions) {
    only('an action', action, ACTION);
    if ((action.actionTypeId?.category === 'Source') !== isFirst)
      throw invalid('Only the first stage has source actions, and it has no others');
    checkProvider(action);
  }
}

function checkProvider({ actionTypeId, configuration = {} }: ActionDeclaration): void {
  const { category = '', provider = '' } = actionTypeId ?? {};
  if (PROVIDERS[category]?.includes(provider) !== true)
    throw notModelled(`${category} actions of ${provider}`);
  const known = CONFIGURATION[`${category} ${provider}`];
  if (known === undefined) return;
  const { needs, takes = [] } = known;
  const lost = needs.find((name) => configuration[name] === undefined);
  if (lost !== undefined) throw invalid(`Action configuration is missing required property: ${lost}`);
  only(`a ${category} action of ${provider}`, configuration, [...needs, ...takes]);
  if (configuration['Extract'] === 'true') throw notModelled('Extract of a deploy action of S3');
  if (configuration['PollForSourceChanges'] === 'true') throw notModelled('polling of a source');
}

function only(what: string, given: object, known: readonly string[]): void {
  const other = Object.entries(given).find(([name, value]) => value !== undefined && !known.includes(name));
  if (other !== undefined) throw notModelled(`${other[0]} of ${what}`);
}
