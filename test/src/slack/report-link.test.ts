import { expect, test } from 'vitest';
import { presignedS3Url } from '../../../src/aws/signature.ts';
import { reportLink } from '../../../src/slack/messages/answers.ts';

const EXECUTION =
  'arn:aws:states:eu-west-1:111122223333:execution:lastgood-prod-rollback:5f6d1c62-9f0e-4a6c-9d55-1d1cb3a0a1de';

/** The length of a block's text (docs.slack.dev/reference/block-kit/blocks/section-block). */
const MOST = 3000;

function linked(tokenBytes: number) {
  const sessionToken = Buffer.alloc(tokenBytes, 0xfb).toString('base64');
  const call = {
    method: 'GET',
    url: new URL('https://lastgood-prod-reports.s3.eu-west-1.amazonaws.com/reports/one.html'),
    region: 'eu-west-1',
    validSeconds: 300,
  } as const;
  const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken };
  const url = presignedS3Url(call, credentials, new Date('2026-11-22T18:00:00Z')).href;
  const { text, blocks } = reportLink('ecs:prod/checkout', EXECUTION, url, 5);
  expect(blocks).toMatchObject([{ text: { text } }]);
  expect(text.length).toBeLessThanOrEqual(MOST);
  const [, shown = null] = /<([^|>]+)\|Open the report>/.exec(text) ?? [];
  return { url, text, shown: shown?.replaceAll('&amp;', '&') ?? null };
}

test('a link to a report is shown whole', () => {
  const { url, shown } = linked(600);
  expect(shown).toBe(url);
});

test('where a link is too long for Slack, the command is shown that fetches one, and no part of the link', () => {
  const { text, shown } = linked(3000);
  expect(shown).toBeNull();
  expect(text).toBe(
    'The link to the report of `ecs:prod/checkout` is too long for Slack. Run `npx --no-install lastgood report 5f6d1c62-9f0e-4a6c-9d55-1d1cb3a0a1de` in a terminal with AWS credentials.',
  );
});

test('each link is whole or absent, however long the token of the session is', () => {
  const all = Array.from({ length: 60 }, (_, index) => linked(index * 60));
  expect(all.every(({ url, shown }) => shown === url || shown === null)).toBe(true);
  expect(new Set(all.map(({ shown }) => shown === null)).size).toBe(2);
});
