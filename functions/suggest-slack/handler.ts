import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { createTagging, MODES, optedInOnce } from '../../src/aws/opted-in.ts';
import { readParameters } from '../../src/aws/parameters.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { knownTargets } from '../../src/ledger/known-targets.ts';
import { createMembers, mayTouch, readAccess } from '../../src/slack/access.ts';
import { createNonces } from '../../src/slack/nonces.ts';
import { createSettings } from '../../src/slack/settings.ts';
import { createTargets } from '../../src/slack/targets.ts';
import { createSlack } from '../../src/slack/web-api.ts';
import { taggedTargets } from '../../src/targets/tagged.ts';
import { createAutoScaling } from '../mechanisms/asg/sdk.ts';
import { suggestSlack, type Suggesting } from './suggest-slack.ts';

const dynamodb = new DynamoDBClient(clientOptions);
const tables = DynamoDBDocumentClient.from(dynamodb);
const tagging = createTagging();
const groups = createAutoScaling(new AutoScalingClient(clientOptions));
const settings = createSettings(
  readParameters,
  setting('SLACK_SETTINGS'),
  now,
  'signing-secret',
  'bot-token',
  'access',
);
const members = createMembers(async (group) => {
  const { 'bot-token': token = '' } = await settings();
  return createSlack(setting('SLACK_API'), token).members(group);
}, now);

/** Half of what Slack waits: the other half is for the ledger, the rules and the way. */
const TAGGED_WITHIN_MS = 1_500;

const parts = {
  targets: createTargets(
    () => knownTargets(tables, setting('LEDGER_TABLE')),
    () => taggedTargets({ optedIn: optedInOnce(tagging), groups: () => groups.tagged(MODES) }),
    TAGGED_WITHIN_MS,
  ),
  nonces: createNonces(dynamodb, setting('SLACK_TABLE')),
  now,
};

/** Without rules of who may, nobody may. */
async function open(): Promise<Suggesting | null> {
  const { 'signing-secret': secret, 'bot-token': token, access } = await settings();
  if (secret === undefined || token === undefined) return null;
  const rules = readAccess(access);
  const may = (user: string, target: string) => mayTouch(rules, user, target, members);
  return { ...parts, secret, may };
}

export const handler = handlerOf(suggestSlack(open));
