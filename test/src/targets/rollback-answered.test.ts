import { expect, it } from 'vitest';
import { readDeployment } from '../../../src/targets/deployment.ts';
import { readRollbackAnswered } from '../../../src/targets/rollback-answered.ts';

const event = (type: string, detail: object) => ({
  ...{ id: '1', source: 'argocd', account: '111122223333', region: 'eu-west-1', resources: [] },
  ...{ 'detail-type': type, time: '2026-11-22T03:00:00Z', detail },
});
const rollback = '0123456789abcdef0123456789abcdef';

it.each([
  [{ state: 'refused', reason: 'password=hunter22' }, { reason: 'password=***' }],
  [{ state: 'failed', reason: 'Bearer abcdef123456' }, { reason: 'Bearer ***' }],
  [{ state: 'running', progress: 'https://me:hunter22@host/' }, { progress: 'https://***@host/' }],
  [{ state: 'accepted', url: 'https://host/?token=hunter22' }, { url: 'https://host/?token=***' }],
  [{ state: 'accepted' }, { state: 'accepted' }],
  [{ state: 'done', revision: 'v1' }, { revision: 'v1' }],
])('masks the secrets in the answer %j', (said, kept) => {
  expect(readRollbackAnswered(event('Rollback Answered', { rollback, ...said }))).toMatchObject({
    kind: 'rollback-answer',
    answer: { state: said.state, ...kept },
  });
});

it('masks the secrets in the reason of a reported deployment', () => {
  const detail = { target: 'external:argocd/shop', deployment: '7', revision: 'v2', state: 'failed' };
  const read = readDeployment(event('Deployment Reported', { ...detail, reason: 'apikey=abc123def' }));
  expect(JSON.stringify(read)).toContain('apikey=***');
  expect(JSON.stringify(read)).not.toContain('abc123def');
});
