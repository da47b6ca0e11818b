import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Place } from './place.ts';

/** Clients of one account and Region. */
export interface Aws {
  readonly states: SFNClient;
  readonly stacks: CloudFormationClient;
  readonly cloudwatch: CloudWatchClient;
  readonly autoScaling: AutoScalingClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly events: EventBridgeClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
  readonly tables: DynamoDBDocumentClient;
}

/** Calls a function with clients of a place, then closes them. */
export async function withAws<T>(place: Place, work: (aws: Aws) => Promise<T>): Promise<T> {
  const options = optionsOf(place);
  const dynamodb = new DynamoDBClient(options);
  const clients = {
    states: new SFNClient(options),
    stacks: new CloudFormationClient(options),
    cloudwatch: new CloudWatchClient(options),
    autoScaling: new AutoScalingClient(options),
    tagging: new ResourceGroupsTaggingAPIClient(options),
    events: new EventBridgeClient(options),
    ssm: new SSMClient(options),
    sts: new STSClient(options),
  };
  try {
    return await work({ ...clients, tables: DynamoDBDocumentClient.from(dynamodb) });
  } finally {
    for (const client of [dynamodb, ...Object.values(clients)]) client.destroy();
  }
}

/** Returns client options with short timeouts: a terminal or a pipeline waits, and an endpoint may not answer. */
function optionsOf({ region, endpoint }: Place) {
  return {
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
  };
}
