import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetPipelineStateCommand, StartPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Clients } from '../clients.ts';
import { attribute, ref, tagList, text, type Resources } from '../cloudformation.ts';
import type { Wait } from '../ground.ts';
import { ACTION_MINUTES, alarm } from '../prices.ts';
import { behaviourMetadata, FOR_LASTGOOD } from '../tags.ts';
import { ALIAS, aliasedFunction } from './aliased-function.ts';
import { emptyBucket } from './bucket.ts';
import type { Outputs, Part } from './part.ts';
import { role } from './roles.ts';
import { BAD, GOOD } from './web.ts';

const KEY = 'release.zip';

export const DEPLOY = 'Deploy';

/** The stage after the one that is rolled back. */
export const LATER = 'Later';

/** Returns code that fails a share of the invocations. */
function codeOf(errors: typeof BAD | typeof GOOD): string {
  return `exports.handler = async () => {
  if (Math.random() < ${errors}) throw new Error('bad');
  return 'good';
};`;
}

const BUCKETS = ['PipelineSource', 'PipelineArtifacts'] as const;

const ofBuckets = (path: string) => BUCKETS.map((id) => text(`\${${id}.Arn}${path}`));

const LOG_GROUP = '/aws/codepipeline';

/**
 * The permissions that the action references list. The name of the log group contains that of the pipeline, which this
 * role comes before.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-LambdaDeploy.html
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3Deploy.html
 */
const STATEMENTS: readonly object[] = [
  allow(
    ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning', 's3:ListBucket'],
    ofBuckets(''),
  ),
  allow(
    [
      ...['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:GetObjectVersionTagging'],
      ...['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging', 's3:PutObjectVersionAcl'],
    ],
    ofBuckets('/*'),
  ),
  allow(
    [
      ...['lambda:GetAlias', 'lambda:GetFunction', 'lambda:GetFunctionConfiguration'],
      ...['lambda:GetProvisionedConcurrencyConfig', 'lambda:PublishVersion'],
      ...['lambda:UpdateAlias', 'lambda:UpdateFunctionCode'],
    ],
    [attribute('Released', 'Arn'), text('${Released.Arn}:*')],
  ),
  allow(
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    [text(`arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${LOG_GROUP}/*`)],
  ),
];

function allow(Action: readonly string[], Resource: readonly object[]): object {
  return { Effect: 'Allow', Action, Resource };
}

const action = (Name: string, Category: string, Provider: string, Configuration: object, more: object) => ({
  ...{ Name, Configuration, ...more },
  ActionTypeId: { Category, Owner: 'AWS', Provider, Version: '1' },
});

const ARTIFACT = [{ Name: 'Release' }];

const PIPELINE: Resources = {
  // A source must be versioned, and lies in another bucket than the artifacts.
  PipelineSource: {
    Type: 'AWS::S3::Bucket',
    Properties: { VersioningConfiguration: { Status: 'Enabled' } },
  },
  PipelineArtifacts: { Type: 'AWS::S3::Bucket', Properties: {} },
  PipelineRole: role('codepipeline.amazonaws.com', [], STATEMENTS),
  Pipeline: {
    Type: 'AWS::CodePipeline::Pipeline',
    DependsOn: 'ReleasedAlias',
    Properties: {
      ...{ PipelineType: 'V2', RoleArn: attribute('PipelineRole', 'Arn') },
      ArtifactStore: { Type: 'S3', Location: ref('PipelineArtifacts') },
      Stages: [
        {
          Name: 'Source',
          Actions: [
            action(
              ...(['Object', 'Source', 'S3'] as const),
              { S3Bucket: ref('PipelineSource'), S3ObjectKey: KEY, PollForSourceChanges: 'false' },
              { OutputArtifacts: ARTIFACT },
            ),
          ],
        },
        {
          Name: DEPLOY,
          Actions: [
            action(
              ...(['Function', 'Deploy', 'Lambda'] as const),
              { FunctionName: ref('Released'), FunctionAlias: ALIAS },
              { InputArtifacts: ARTIFACT },
            ),
          ],
        },
        {
          Name: LATER,
          Actions: [
            action(
              ...(['Copy', 'Deploy', 'S3'] as const),
              { BucketName: ref('PipelineArtifacts'), Extract: 'false', ObjectKey: 'deployed.zip' },
              { InputArtifacts: ARTIFACT },
            ),
          ],
        },
      ],
      Tags: tagList(FOR_LASTGOOD),
    },
  },
};

export const pipelineStage: Part = {
  name: 'pipeline-stage',
  shows:
    'a stage of CodePipeline that deploys a function: it brings a bad one, and a person asks for the rollback',
  shares: [],
  resources: {
    ...aliasedFunction('Released', {
      ...{ target: text(`pipeline:\${Pipeline}/${DEPLOY}`), tags: {}, code: codeOf(GOOD) },
    }),
    ...PIPELINE,
  },
  outputs: {
    ...Object.fromEntries(['Pipeline', 'Released', ...BUCKETS].map((id) => [id, ref(id)])),
    ReleasedAlarm: ref('ReleasedAlarm'),
  },
  alarm: 'ReleasedAlarm',
  priced: [ACTION_MINUTES, alarm(2)],
  target: (outputs) => `pipeline:${outputs('Pipeline')}/${DEPLOY}`,
  users: (outputs) => ({ functionName: outputs('Released'), alias: ALIAS }),
  // A new pipeline starts once, and finds no object. The first release follows.
  prepare: (clients, outputs, wait) => release(clients, outputs, wait, GOOD),
  release: (clients, outputs, wait) => release(clients, outputs, wait, BAD),
  isRequested: true,
  halt: async ({ s3, logs }, outputs) => {
    for (const id of BUCKETS) await emptyBucket(s3, outputs(id));
    const logGroupName = `${LOG_GROUP}/${outputs('Pipeline')}`;
    // The deploy action may have created it.
    await logs.send(new DeleteLogGroupCommand({ logGroupName })).catch((error: unknown) => {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error;
    });
  },
};

const LOOK_EVERY_SECONDS = 10;
const LIMIT_LOOKS = 60;

/** Puts a release into the source, starts the pipeline, and waits until the stage has run it. */
async function release(
  { s3, codePipeline }: Clients,
  outputs: Outputs,
  wait: Wait,
  errors: typeof BAD | typeof GOOD,
): Promise<void> {
  const name = outputs('Pipeline');
  const Body = zipSync({ 'index.js': new TextEncoder().encode(codeOf(errors)) });
  const Bucket = outputs('PipelineSource');
  await s3.send(new PutObjectCommand({ Bucket, Key: KEY, Body, Metadata: behaviourMetadata(errors) }));
  const { pipelineExecutionId } = await codePipeline.send(new StartPipelineExecutionCommand({ name }));
  for (let looks = 0; looks < LIMIT_LOOKS; looks++) {
    await wait(LOOK_EVERY_SECONDS);
    const { stageStates = [] } = await codePipeline.send(new GetPipelineStateCommand({ name }));
    const { latestExecution } = stageStates.find(({ stageName }) => stageName === DEPLOY) ?? {};
    const isThere = latestExecution?.pipelineExecutionId === pipelineExecutionId;
    if (isThere && latestExecution?.status === 'Succeeded') return;
    if (isThere && latestExecution?.status === 'Failed')
      throw new Error(`the stage ${DEPLOY} of ${name} failed`);
  }
  throw new Error(`the stage ${DEPLOY} of ${name} did not run the release`);
}
