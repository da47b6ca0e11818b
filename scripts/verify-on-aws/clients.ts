import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { AppConfigClient } from '@aws-sdk/client-appconfig';
import { AutoScalingClient, type AutoScalingClientConfig } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';

/** Clients of one account and Region. */
export interface Clients {
  readonly apiGateway: APIGatewayClient;
  readonly appConfig: AppConfigClient;
  readonly autoScaling: AutoScalingClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly codePipeline: CodePipelineClient;
  readonly ec2: EC2Client;
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly events: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly lattice: VPCLatticeClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly states: SFNClient;
}

export type ClientOptions = Pick<AutoScalingClientConfig, 'region' | 'endpoint' | 'credentials'>;

export function openClients(options: ClientOptions): Clients {
  return {
    apiGateway: new APIGatewayClient(options),
    appConfig: new AppConfigClient(options),
    autoScaling: new AutoScalingClient(options),
    cloudFormation: new CloudFormationClient(options),
    cloudWatch: new CloudWatchClient(options),
    codePipeline: new CodePipelineClient(options),
    ec2: new EC2Client(options),
    ecs: new ECSClient(options),
    elb: new ElasticLoadBalancingV2Client(options),
    events: new EventBridgeClient(options),
    lambda: new LambdaClient(options),
    lattice: new VPCLatticeClient(options),
    logs: new CloudWatchLogsClient(options),
    s3: new S3Client(options),
    sqs: new SQSClient(options),
    ssm: new SSMClient(options),
    states: new SFNClient(options),
  };
}

export function closeClients(clients: Clients): void {
  const all: readonly { destroy(): void }[] = Object.values(clients);
  for (const client of all) client.destroy();
}
