import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { otherDeployments } from '../../../../functions/guard/other-deployments.ts';
import type { Client } from '../../../../functions/guard/cloudwatch.ts';
import { createChanges, createClaims, createLedger } from '../../../../src/ledger/dynamodb.ts';
import { after } from '../../../../src/rollback/time.ts';
import type { Written } from '../../../judge/incident.ts';
import { NotWritten } from '../not-written.ts';
import { pastIn } from '../past.ts';
import { toIncident } from '../to-incident.ts';
import { ROLLBACK_DAYS } from '../to-ledger.ts';
import { viewOf, type View } from '../view.ts';
import { readAlarms } from './alarms.ts';
import { PATIENCE_MS, readMoments } from './moments.ts';
import { readEvents } from './step-functions.ts';

/** Clients of the AWS services that are read. */
export interface Clients {
  readonly states: Pick<SFNClient, 'send'>;
  readonly cloudwatch: Client;
  readonly tables: DynamoDBDocumentClient;
}

/**
 * Reads the facts around an execution and writes them as an incident. Metrics are read before alarms: they show that the
 * last look has passed, so that the history of alarms is complete up to it.
 * @throws NotWritten when no alarm decided, or something could not be read
 */
export async function readIncident(clients: Clients, arn: string, stage: string): Promise<Written> {
  const { states, cloudwatch, tables } = clients;
  const past = pastIn(await readEvents(states, arn));
  const view = viewOf(past);
  const [{ claim }] = view.looks;
  const { target } = view.request;
  const ledger = createLedger(tables, `lastgood-${stage}-ledger`);
  const changes = createChanges(tables, `lastgood-${stage}-ledger`);
  const claims = createClaims(tables, `lastgood-${stage}-claims`);
  const [entries, records] = await Promise.all([
    ledger.entries(target),
    claims.records(target, after(claim.since, -ROLLBACK_DAYS * 86_400)),
  ]);
  const moments = await readMoments({ cloudwatch, changes }, view, past, entries);
  const until = moments.at(-1)?.at ?? moments[0].at;
  const [alarms, dependencies] = await Promise.all([
    readAlarms(cloudwatch, view, until),
    readDependencies(ledger, view),
  ]);
  const background = { execution: arn, alarms, entries, records, dependencies };
  return toIncident(arn.slice(arn.lastIndexOf(':') + 1), moments, background);
}

async function readDependencies(ledger: Parameters<typeof otherDeployments>[0], { looks: [first] }: View) {
  const found = await otherDeployments(ledger, first, first.verdict.at, PATIENCE_MS);
  if (found?.known === false) throw new NotWritten(`the ledger could not be read: ${found.why}`);
  return found?.is ?? [];
}
