import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting, variable } from '../../../../../../src/aws/client.ts';
import { createWriteWatch } from '../../../../../../src/aws/write-watch.ts';
import { hostsOf } from '../../../../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../../../../src/lambda/mechanism.ts';
import { now } from '../../../../../../src/lambda/now.ts';
import { surroundings } from '../../../../../../src/lambda/surroundings.ts';
import { createClaims, createLedger } from '../../../../../../src/ledger/dynamodb.ts';
import { createMechanism } from './mechanism.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
/** The clients of the mechanism are connected with `writes.connect`. */
const writes = createWriteWatch(surroundings.connect);
const mechanism = createMechanism({ ledger: createLedger(tables, setting('LEDGER_TABLE')), now });

const claims = createClaims(tables, setting('CLAIMS_TABLE'));

export const handler = mechanismHandler(mechanism, claims, now, hostsOf({ variable }), writes);
