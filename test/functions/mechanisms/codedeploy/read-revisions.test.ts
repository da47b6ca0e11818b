import { BatchGetApplicationRevisionsCommand, type RevisionLocation } from '@aws-sdk/client-codedeploy';
import { expect, it } from 'vitest';
import { readRevisions } from '../../../../functions/mechanisms/codedeploy/read-revisions.ts';

const spec = (sha256: string, content?: string): RevisionLocation => ({
  revisionType: 'AppSpecContent',
  appSpecContent: { sha256, ...(content !== undefined && { content }) },
});

/** Reads revisions from a CodeDeploy whose batches have these answers. Returns the texts, and the reads one by one. */
async function read(wanted: readonly RevisionLocation[], answers: readonly RevisionLocation[]) {
  const one: (string | undefined)[] = [];
  const send = (command: unknown) => {
    expect(command).toBeInstanceOf(BatchGetApplicationRevisionsCommand);
    return Promise.resolve({ revisions: answers.map((revisionLocation) => ({ revisionLocation })) });
  };
  const found = await readRevisions({ send } as never, 'shop', wanted, ({ appSpecContent }) => {
    one.push(appSpecContent?.sha256);
    return Promise.resolve(spec(appSpecContent?.sha256 ?? '', 'alone'));
  });
  return { texts: found.map((revision) => revision?.appSpecContent?.content), one };
}

it('reads several revisions in one call, in their order', async () => {
  const answers = [spec('b', 'text of b'), spec('a', 'text of a')];
  expect(await read([spec('a'), spec('b'), spec('a')], answers)).toEqual({
    texts: ['text of a', 'text of b', 'text of a'],
    one: [],
  });
});

it('reads one by one what the answer lacks, or shows without content', async () => {
  expect(await read([spec('a'), spec('b'), spec('c')], [spec('a', 'text of a'), spec('b')])).toEqual({
    texts: ['text of a', 'alone', 'alone'],
    one: ['b', 'c'],
  });
});

it('reads a single one, and one that is kept elsewhere, without a batch', async () => {
  expect(await read([spec('a'), { revisionType: 'S3' }], [])).toEqual({
    texts: ['alone', 'alone'],
    one: ['a', undefined],
  });
});
