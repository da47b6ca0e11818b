import { expect, it } from 'vitest';
import { action, declaring, PipelineWorld, PROD } from './pipeline-world.ts';

const CONFIGURATION = { S3Bucket: 'source', S3ObjectKey: 'release.zip', PollForSourceChanges: 'false' };
const ARTIFACT = [{ name: 'Release' }];
const SOURCE = action('Object', 'Source', 'S3', {
  ...{ configuration: CONFIGURATION, outputArtifacts: ARTIFACT },
});
const COPY = action('Copy', 'Deploy', 'S3', {
  configuration: { BucketName: 'site', Extract: 'false', ObjectKey: 'index.zip' },
  inputArtifacts: ARTIFACT,
});
const STAGES = [{ name: 'Source', actions: [SOURCE] }, PROD, { name: 'Later', actions: [COPY] }];
const artifactStore = { type: 'S3', location: 'artifacts' } as const;

/** The pipeline, whose first execution has failed for want of an object. */
async function open() {
  const world = new PipelineWorld(declaring(STAGES, { artifactStore }));
  for (const bucket of ['source', 'artifacts', 'site']) world.objects.createBucket(bucket);
  world.objects.keepVersions('source');
  await world.run(120);
  return world;
}

/** Puts a release into the source, and returns its version. */
function put({ objects }: PipelineWorld, content: string, metadata: Readonly<Record<string, string>> = {}) {
  const body = new TextEncoder().encode(content);
  return objects.put('source', 'release.zip', { body, contentType: 'application/zip', metadata }).versionId;
}

async function start(world: PipelineWorld): Promise<string> {
  const { pipelineExecutionId = '' } = world.call('StartPipelineExecution', { name: 'checkout' });
  await world.run(240);
  return pipelineExecutionId;
}

function textOf({ objects }: PipelineWorld): string {
  return new TextDecoder().decode(objects.get('site', 'index.zip')?.body);
}

it('a new pipeline starts at once, and fails where its object does not exist', async () => {
  const world = await open();
  const { pipelineExecutionSummaries = [] } = world.call('ListPipelineExecutions', {
    pipelineName: 'checkout',
  });
  expect(pipelineExecutionSummaries).toMatchObject([
    { status: 'Failed', trigger: { triggerType: 'CreatePipeline' } },
  ]);
  expect(world.stage('Source').actionStates?.[0]?.latestExecution?.errorDetails?.message).toMatch(
    /'release.zip' from bucket 'source' does not exist/,
  );
});

it('a start releases the newest version of the object, whose metadata say how it behaves', async () => {
  const world = await open();
  const good = put(world, 'good');
  const first = await start(world);
  const bad = put(world, 'bad', { 'embedded-aws-errors': '0.4' });
  const second = await start(world);
  expect([world.status(first), world.status(second)]).toEqual(['Succeeded', 'Succeeded']);
  expect(world.released).toEqual([`checkout/live ${good}`, `checkout/live ${bad}`]);
  expect(world.behaviours).toEqual([0, 0.4]);
  expect(textOf(world)).toBe('bad');

  const back = world.rollBack(first);
  await world.run(120);
  expect(world.status(back)).toBe('Succeeded');
  expect(world.released.at(-1)).toBe(`checkout/live ${good}`);
  // The later stage is not rolled back.
  expect(textOf(world)).toBe('bad');

  world.rollBack(first, 'Later');
  await world.run(120);
  expect(textOf(world)).toBe('good');
});

it('an object with a behaviour that is unknown is refused, and so is a configuration that is not modelled', async () => {
  const world = await open();
  put(world, 'odd', { 'embedded-aws-errors': 'many' });
  expect(world.refusal('StartPipelineExecution', { name: 'checkout' })).toBe('ValidationException');
  const updating = (configuration: Record<string, string>) =>
    world.refusal('UpdatePipeline', {
      pipeline: declaring([{ name: 'Source', actions: [{ ...SOURCE, configuration }] }, PROD]),
    });
  expect(updating({ S3Bucket: 'source' })).toBe('ValidationException');
  expect(updating({ ...CONFIGURATION, PollForSourceChanges: 'true' })).toBe('ValidationException');
  expect(updating({ ...CONFIGURATION, AllowOverrideForS3ObjectKey: 'true' })).toBe('ValidationException');
  expect(updating(CONFIGURATION)).toBeNull();
});

it('a deploy action fails where its bucket does not exist', async () => {
  const world = await open();
  put(world, 'good');
  world.objects.deleteBucket('site');
  expect(world.status(await start(world))).toBe('Failed');
});

it('a deleted pipeline is gone, and can be deleted again', async () => {
  const world = await open();
  expect(world.refusal('DeletePipeline', { name: 'checkout' })).toBeNull();
  expect(world.refusal('GetPipeline', { name: 'checkout' })).toBe('PipelineNotFoundException');
  expect(world.refusal('DeletePipeline', { name: 'checkout' })).toBeNull();
});
