import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting, variable } from '../../../../../../src/aws/client.ts';
import { hostsOf } from '../../../../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../../../../src/lambda/mechanism.ts';
import { now } from '../../../../../../src/lambda/now.ts';
import { createClaims, createLedger } from '../../../../../../src/ledger/dynamodb.ts';
import { createMechanism } from './mechanism.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const mechanism = createMechanism({ ledger: createLedger(tables, setting('LEDGER_TABLE')), now });

const claims = createClaims(tables, setting('CLAIMS_TABLE'));

export const handler = mechanismHandler(mechanism, claims, now, hostsOf({ variable }));
