import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTagging, MODES, optedInOnce } from '../../src/aws/opted-in.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { knownTargets } from '../../src/ledger/known-targets.ts';
import { createNonces } from '../../src/slack/nonces.ts';
import { createDoor } from '../../src/slack/door.ts';
import { createTargets } from '../../src/slack/targets.ts';
import { taggedTargets } from '../../src/targets/tagged.ts';
import { taggedGroups } from '../../src/aws/tagged-groups.ts';
import { suggestSlack, type Suggesting } from './suggest-slack.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

/** Half of the time that Slack waits. The other half is for the ledger, the access rules and the network. */
const TAGGED_WITHIN_MS = 1_500;

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const dynamodb = connect(DynamoDBClient);
  const tables = tablesOf(surroundings, dynamodb);
  const tagging = createTagging(connect);
  const autoscaling = connect(AutoScalingClient);
  const door = createDoor(surroundings);

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

  return handlerOf(suggestSlack(open));
}
