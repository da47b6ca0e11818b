import { describe, expect, it } from 'vitest';
import { contentsOf, remembering } from '../../../../functions/mechanisms/ecs/content.ts';
import type { Configuration } from '../../../../functions/mechanisms/ecs/configuration.ts';
import type {
  ContainerImage,
  ServiceRevision,
  TaskDefinition,
} from '../../../../functions/mechanisms/ecs/ecs.ts';

const image = (digest: string | null, name = 'checkout:v1'): ContainerImage => ({
  container: 'app',
  image: name,
  digest,
});

function revision(
  arn: string,
  taskDefinition: string,
  images: readonly ContainerImage[] = [image('sha256:1')],
  more: Partial<Configuration> = {},
): ServiceRevision {
  const nothing = { serviceArn: '', createdAt: '', targetGroups: [] };
  return { arn, configuration: { ...more, taskDefinition }, images, ...nothing };
}

/** Serves task definitions whose settings a test chooses, and records the reads. */
function definitions(settings: Readonly<Record<string, string | null>>) {
  const read: string[] = [];
  const taskDefinition = (arn: string): Promise<TaskDefinition> => {
    read.push(arn);
    const more = { active: true, registeredAt: null, images: [], tags: {}, reads: [], traits: null };
    return Promise.resolve({ arn, settings: settings[arn] ?? null, ...more });
  };
  return { read, taskDefinition };
}

/** Returns whether the first two deploy the same content, and which definitions were read. */
async function compared(revisions: readonly ServiceRevision[], settings: Record<string, string | null> = {}) {
  const reads = definitions(settings);
  const contents = await contentsOf(revisions, reads);
  const [one, other] = revisions.map(({ arn }) => contents.get(arn));
  return { isSame: one !== undefined && one === other, known: contents.size, read: reads.read };
}

describe('the content of a revision', () => {
  it('needs no read if the images differ', async () => {
    const revisions = [revision('r2', 'checkout:2', [image('sha256:2')]), revision('r1', 'checkout:1')];
    expect(await compared(revisions)).toEqual({ isSame: false, known: 2, read: [] });
  });

  it('is the same for one task definition with one image', async () => {
    const revisions = [revision('r2', 'checkout:1'), revision('r1', 'checkout:1')];
    expect(await compared(revisions)).toEqual({ isSame: true, known: 2, read: [] });
  });

  it('is the same for a task definition that was registered anew', async () => {
    const revisions = [revision('r2', 'checkout:2'), revision('r1', 'checkout:1')];
    const read = ['checkout:2', 'checkout:1'];
    const settings = { 'checkout:1': 'equal', 'checkout:2': 'equal' };
    expect(await compared(revisions, settings)).toEqual({ isSame: true, known: 2, read });
    expect(await compared(revisions, { ...settings, 'checkout:2': 'other' })).toMatchObject({
      isSame: false,
    });
  });

  it('is the name if a task definition is gone', async () => {
    const revisions = [revision('r2', 'checkout:2'), revision('r1', 'checkout:1')];
    expect(await compared(revisions)).toMatchObject({ isSame: false, known: 2 });
  });

  it('differs with a setting of the service', async () => {
    const other = revision('r2', 'checkout:1', undefined, { platformVersion: '1.3.0' });
    expect(await compared([other, revision('r1', 'checkout:1')])).toMatchObject({ isSame: false });
  });

  it('is the tag if ECS resolved none, and the digest in the name', async () => {
    const tagged = (tag: string) => [image(null, `registry:5000/checkout:${tag}`)];
    const two = (one: readonly ContainerImage[], other: readonly ContainerImage[]) =>
      compared([revision('r2', 'checkout:1', one), revision('r1', 'checkout:1', other)]);
    expect(await two(tagged('v1'), tagged('v1'))).toMatchObject({ isSame: true });
    expect(await two(tagged('v2'), tagged('v1'))).toMatchObject({ isSame: false });
    expect(await two([image(null, 'checkout@sha256:1')], [image('sha256:1')])).toMatchObject({
      isSame: true,
    });
  });

  it.each(['checkout:latest', 'checkout', 'registry:5000/checkout'])(
    'is unknown if ECS resolved no digest of %s',
    async (name) => {
      const revisions = ['r2', 'r1'].map((arn) => revision(arn, 'checkout:1', [image(null, name)]));
      expect(await compared(revisions)).toMatchObject({ isSame: false, known: 0 });
    },
  );

  it('costs eight reads at most, of those that come first', async () => {
    const many = Array.from({ length: 12 }, (_, index) => revision(`r${index}`, `checkout:${index}`));
    const { read } = await compared(many);
    expect(read).toEqual(many.slice(0, 8).map(({ configuration }) => configuration.taskDefinition));
  });
});

it('each task definition is read once', async () => {
  const reads = definitions({});
  const remembered = remembering(reads);
  await Promise.all(['a', 'b', 'a'].map((arn) => remembered.taskDefinition(arn)));
  expect(reads.read).toEqual(['a', 'b']);
});
