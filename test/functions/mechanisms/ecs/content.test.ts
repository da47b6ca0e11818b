import { describe, expect, it } from 'vitest';
import { formOf } from '../../../../functions/mechanisms/ecs/content-form.ts';
import {
  contentOf,
  contentsOf,
  keptContents,
  keptSettings,
  mayBeSame,
} from '../../../../functions/mechanisms/ecs/content.ts';
import type { Configuration } from '../../../../functions/mechanisms/ecs/configuration.ts';
import type { ContainerImage, ServiceRevision } from '../../../../functions/mechanisms/ecs/ecs.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';

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

/** Returns whether the first two deploy the same content, or may. @param settings of the task definitions that were read */
function compared(revisions: readonly ServiceRevision[], settings: Record<string, string> = {}) {
  const contents = contentsOf(revisions, new Map(Object.entries(settings)));
  const [one, other] = revisions.map(({ arn }) => contents.get(arn));
  return {
    isSame: one !== undefined && one === other,
    mayBeSame: mayBeSame(one, other),
    known: contents.size,
  };
}

describe('the content of a revision', () => {
  it('surely differs if the images differ', () => {
    const revisions = [revision('r2', 'checkout:2', [image('sha256:2')]), revision('r1', 'checkout:1')];
    expect(compared(revisions)).toEqual({ isSame: false, mayBeSame: false, known: 2 });
  });

  it('is the same for one task definition with one image', () => {
    const revisions = [revision('r2', 'checkout:1'), revision('r1', 'checkout:1')];
    expect(compared(revisions)).toMatchObject({ isSame: true, known: 2 });
    expect(compared(revisions, { 'checkout:1': 'read' })).toMatchObject({ isSame: true, known: 2 });
  });

  it('is the same for a task definition that was registered anew', () => {
    const revisions = [revision('r2', 'checkout:2'), revision('r1', 'checkout:1')];
    const settings = { 'checkout:1': 'equal', 'checkout:2': 'equal' };
    expect(compared(revisions, settings)).toMatchObject({ isSame: true });
    expect(compared(revisions, { ...settings, 'checkout:2': 'other' })).toMatchObject({
      isSame: false,
      mayBeSame: false,
    });
  });

  it.each([{}, { 'checkout:1': 'read' }])(
    'is neither same nor other where one was not read: %o',
    (settings) => {
      const revisions = [revision('r2', 'checkout:2'), revision('r1', 'checkout:1')];
      expect(compared(revisions, settings)).toMatchObject({ isSame: false, mayBeSame: true, known: 2 });
    },
  );

  it('differs with a setting of the service', () => {
    const other = revision('r2', 'checkout:1', undefined, { platformVersion: '1.3.0' });
    expect(compared([other, revision('r1', 'checkout:1')])).toMatchObject({ isSame: false });
  });

  it('is the tag if ECS resolved none, and the digest in the name', () => {
    const tagged = (tag: string) => [image(null, `registry:5000/checkout:${tag}`)];
    const two = (one: readonly ContainerImage[], other: readonly ContainerImage[]) =>
      compared([revision('r2', 'checkout:1', one), revision('r1', 'checkout:1', other)]);
    expect(two(tagged('v1'), tagged('v1'))).toMatchObject({ isSame: true });
    expect(two(tagged('v2'), tagged('v1'))).toMatchObject({ isSame: false });
    expect(two([image(null, 'checkout@sha256:1')], [image('sha256:1')])).toMatchObject({
      isSame: true,
    });
  });

  it.each(['checkout:latest', 'checkout', 'registry:5000/checkout'])(
    'is unknown if ECS resolved no digest of %s',
    (name) => {
      const revisions = ['r2', 'r1'].map((arn) => revision(arn, 'checkout:1', [image(null, name)]));
      expect(compared(revisions)).toMatchObject({ isSame: false, known: 0 });
    },
  );
});

describe('the contents that the ledger keeps', () => {
  const settings = new Map([['checkout:1', 'read']]);
  const content = contentOf(revision('r1', 'checkout:1'), settings) ?? '';
  const kept = (is: string) => {
    const ledger = new FakeEntries('ecs:prod/checkout');
    ledger.condemn('r1', undefined, is);
    return keptContents(ledger.list);
  };

  it('equal those of the same revision, and tell the settings of its task definition', () => {
    expect(kept(content)).toEqual(new Map([['r1', content]]));
    expect(keptSettings(kept(content), () => 'checkout:1')).toEqual(settings);
    expect(keptSettings(kept(content), () => undefined)).toEqual(new Map());
  });

  it('are not those by name, nor those of another form, which were made from other settings', () => {
    expect(kept(contentOf(revision('r1', 'checkout:1'), new Map()) ?? '')).toEqual(new Map());
    expect(kept(content.replace(formOf(), 'other'))).toEqual(new Map());
    expect(kept('')).toEqual(new Map());
  });
});
