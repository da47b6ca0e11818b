import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { createTagging, MODES, optedInOnce } from '../../src/aws/opted-in.ts';
import { taggedGroups } from '../../src/aws/tagged-groups.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { knownTargets } from '../../src/ledger/known-targets.ts';
import { createNonces } from '../../src/slack/nonces.ts';
import { createDoor } from '../../src/slack/door.ts';
import { createTargets } from '../../src/slack/targets.ts';
import { taggedTargets } from '../../src/targets/tagged.ts';
import { suggestSlack, type Suggesting } from './suggest-slack.ts';

const dynamodb = new DynamoDBClient(clientOptions);
const tables = DynamoDBDocumentClient.from(dynamodb);
const tagging = createTagging();
const autoscaling = new AutoScalingClient(clientOptions);
const door = createDoor(setting('SLACK_SETTINGS'), setting('SLACK_API'), now);

/** Half of what Slack waits: the other half is for the ledger, the rules and the way. */
const TAGGED_WITHIN_MS = 1_500;

const parts = {
  targets: createTargets(
    () => knownTargets(tables, setting('LEDGER_TABLE')),
    () => taggedTargets({ optedIn: optedInOnce(tagging), groups: () => taggedGroups(autoscaling, MODES) }),
    TAGGED_WITHIN_MS,
  ),
  nonces: createNonces(dynamodb, setting('SLACK_TABLE')),
  now,
};

async function open(): Promise<Suggesting | null> {
  const opened = await door();
  return opened === null ? null : { ...parts, ...opened };
}

export const handler = handlerOf(suggestSlack(open));
