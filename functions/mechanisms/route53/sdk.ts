import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListTagsForResourceCommand,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import { isNamed } from '../../../src/aws/errors.ts';
import { readHealthCheck } from './health-check.ts';
import { listRecords } from './list-records.ts';
import { readNamed } from './read-named.ts';
import type { Route53 } from './route53.ts';
import { weightIn } from './weights.ts';

/** Binds the calls to a client. */
export function createRoute53(client: Pick<Route53Client, 'send'>): Route53 {
  return {
    records: (name) => orNull('NoSuchHostedZone', () => listRecords(client, name)),
    named: (name) => orNull('NoSuchHostedZone', () => readNamed(client, name)),

    tags: (zone) =>
      orNull('NoSuchHostedZone', async () => {
        const command = new ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: zone });
        const tags = (await client.send(command)).ResourceTagSet?.Tags ?? [];
        return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      }),

    healthCheck: (id) => readHealthCheck(client, id),

    setWeights: async ({ zone }, records, weights, comment) => {
      const changes = records.map(({ listed, identifier }) => ({
        Action: 'UPSERT' as const,
        ResourceRecordSet: { ...listed, Weight: weightIn(weights, identifier) },
      }));
      const { ChangeInfo } = await client.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: zone,
          ChangeBatch: { Comment: comment.slice(0, 256), Changes: changes },
        }),
      );
      return ChangeInfo?.Id ?? '';
    },

    change: (id) =>
      orNull('NoSuchChange', async () => {
        const { ChangeInfo } = await client.send(new GetChangeCommand({ Id: id }));
        const submittedAt = (ChangeInfo?.SubmittedAt ?? new Date(0)).toISOString();
        return { inSync: ChangeInfo?.Status === 'INSYNC', submittedAt };
      }),
  };
}

async function orNull<T>(missing: string, call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, missing)) return null;
    throw error;
  }
}
