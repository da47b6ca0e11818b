import { describe, expect, it } from 'vitest';
import { admission } from '../../wire/beside.ts';
import { Callers } from '../../wire/callers.ts';
import type { OpenCall } from '../../wire/calls.ts';
import { Iam } from '../../wire/iam.ts';
import { Clock } from '../../world/clock.ts';

const ARN = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-0a1b2c3d';

/** Returns an admission whose role `verify` may read workspaces tagged `lastgood=health`. */
function door() {
  const calls: OpenCall[] = [];
  const callers = new Callers();
  const statement = {
    Effect: 'Allow',
    Action: 'aps:QueryMetrics',
    Resource: 'arn:aws:aps:*:111122223333:workspace/*',
    Condition: { StringEquals: { 'aws:ResourceTag/lastgood': 'health' } },
  };
  const iam = new Iam(() => [{ Version: '2012-10-17', Statement: [statement] }]);
  const clock = new Clock('2026-11-22T03:10:00.000Z');
  const admit = admission({ calls, callers, iam, clock });
  const { accessKeyId } = callers.credentials('verify');
  const query = (key: string, tags: Readonly<Record<string, string>>) =>
    admit({
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261122/eu-west-1/aps/aws4_request, Signature=0`,
      operation: 'QueryMetrics',
      access: { action: 'aps:QueryMetrics', resource: ARN, tags },
    });
  return { query, accessKeyId, calls };
}

describe('a call beside the wire', () => {
  const recorded = { service: 'aps', operation: 'QueryMetrics', asked: ['aps:QueryMetrics'] };

  it('is let in by the policy of its role, and recorded', async () => {
    const { query, accessKeyId, calls } = door();
    await query(accessKeyId, { lastgood: 'health' });
    expect(calls).toMatchObject([{ ...recorded, role: 'verify', allowed: true }]);
  });

  it('is refused by the policy of its role, and recorded', async () => {
    const { query, accessKeyId, calls } = door();
    await expect(query(accessKeyId, { lastgood: 'auto' })).rejects.toThrow(/not authorized/);
    expect(calls).toMatchObject([{ ...recorded, role: 'verify', allowed: false }]);
  });

  it('is refused to a stranger, and recorded', async () => {
    const { query, calls } = door();
    await expect(query('ASIASTRANGER', { lastgood: 'health' })).rejects.toThrow(/Authentication Token/);
    expect(calls).toMatchObject([{ ...recorded, role: '', allowed: false }]);
  });
});
