import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { readParameters } from '../../src/aws/parameters.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { after } from '../../src/rollback/time.ts';
import { createPause } from '../../src/slack/pause.ts';
import { createSettings } from '../../src/slack/settings.ts';
import { createThreads } from '../../src/slack/threads.ts';
import { createSlack } from '../../src/slack/web-api.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { createGraph } from './graph.ts';
import { catchUp, notify } from './notify.ts';
import { createTell } from './tell.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const threads = createThreads(tables, setting('SLACK_TABLE'));
const pause = createPause(tables, setting('SLACK_TABLE'));
const settings = createSettings(readParameters, setting('SLACK_SETTINGS'), now, 'bot-token', 'channel');
const cloudwatch = new CloudWatchClient(clientOptions);

/** How long an event's own telling may take before the schedule tries it too, in seconds: a Lambda's whole time. */
const PATIENCE = 25;

const telling = {
  threads,
  pause,
  now,
  async tell() {
    const { 'bot-token': token, channel } = await settings();
    if (token === undefined || channel === undefined) return null;
    const slack = createSlack(setting('SLACK_API'), token);
    return createTell(slack, channel, threads, createGraph(cloudwatch, slack, now));
  },
};

const onEvent = notify(telling);

/** One of our events, or the schedule. */
export const handler = handlerOf((event) =>
  asRecord(event)?.['source'] === 'aws.events' ? catchUp(telling, after(now(), -PATIENCE)) : onEvent(event),
);
