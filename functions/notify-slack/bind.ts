import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { createParameters } from '../../src/aws/parameters.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createPause } from '../../src/slack/pause.ts';
import { createSettings } from '../../src/slack/settings.ts';
import { createThreads } from '../../src/slack/threads.ts';
import { createSlack } from '../../src/slack/web-api.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { createGraph } from './graph.ts';
import { catchUp, notify } from './notify.ts';
import { createPost } from './post.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now, wait, fetch } = surroundings;
  const parameters = createParameters(surroundings);
  const tables = tablesOf(surroundings);
  const threads = createThreads(tables, setting('SLACK_TABLE'));
  const pause = createPause(tables, setting('SLACK_TABLE'));
  const settings = createSettings(parameters, setting('SLACK_SETTINGS'), now, 'bot-token', 'channel');
  const cloudwatch = connect(CloudWatchClient);

  const notifying = {
    threads,
    pause,
    now,
    wait,
    async connectSlack() {
      const { 'bot-token': token, channel } = await settings();
      if (token === undefined || channel === undefined) return null;
      const slack = createSlack(fetch, setting('SLACK_API'), token);
      return createPost(slack, channel.reveal(), threads, createGraph(cloudwatch, slack, now));
    },
  };

  const onEvent = notify(notifying);

  /** Handles an event of Lastgood, or the schedule. */
  return handlerOf((event) =>
    asRecord(event)?.['source'] === 'aws.events' ? catchUp(notifying) : onEvent(event),
  );
}
