import { modelOf, type ServiceModel } from './models.ts';

/** The client is never called: only its settings are read. */
const unused = { region: 'eu-west-1', credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' } };

/** The SDK packages of the wire's services, by the service's name in the credential scope. */
const PACKAGES: Readonly<Record<string, (name: string) => Promise<ServiceModel>>> = {
  apigateway: async (name) => {
    const sdk = await import('@aws-sdk/client-api-gateway');
    return modelOf(name, new sdk.APIGatewayClient(unused), sdk);
  },
  appconfig: async (name) => {
    const sdk = await import('@aws-sdk/client-appconfig');
    return modelOf(name, new sdk.AppConfigClient(unused), sdk);
  },
  'application-autoscaling': async (name) => {
    const sdk = await import('@aws-sdk/client-application-auto-scaling');
    return modelOf(name, new sdk.ApplicationAutoScalingClient(unused), sdk);
  },
  autoscaling: async (name) => {
    const sdk = await import('@aws-sdk/client-auto-scaling');
    return modelOf(name, new sdk.AutoScalingClient(unused), sdk);
  },
  cloudformation: async (name) => {
    const sdk = await import('@aws-sdk/client-cloudformation');
    return modelOf(name, new sdk.CloudFormationClient(unused), sdk);
  },
  cloudtrail: async (name) => {
    const sdk = await import('@aws-sdk/client-cloudtrail');
    return modelOf(name, new sdk.CloudTrailClient(unused), sdk);
  },
  codedeploy: async (name) => {
    const sdk = await import('@aws-sdk/client-codedeploy');
    return modelOf(name, new sdk.CodeDeployClient(unused), sdk);
  },
  codepipeline: async (name) => {
    const sdk = await import('@aws-sdk/client-codepipeline');
    return modelOf(name, new sdk.CodePipelineClient(unused), sdk);
  },
  dynamodb: async (name) => {
    const sdk = await import('@aws-sdk/client-dynamodb');
    return modelOf(name, new sdk.DynamoDBClient(unused), sdk);
  },
  ec2: async (name) => {
    const sdk = await import('@aws-sdk/client-ec2');
    return modelOf(name, new sdk.EC2Client(unused), sdk);
  },
  ecr: async (name) => {
    const sdk = await import('@aws-sdk/client-ecr');
    return modelOf(name, new sdk.ECRClient(unused), sdk);
  },
  ecs: async (name) => {
    const sdk = await import('@aws-sdk/client-ecs');
    return modelOf(name, new sdk.ECSClient(unused), sdk);
  },
  elasticloadbalancing: async (name) => {
    const sdk = await import('@aws-sdk/client-elastic-load-balancing-v2');
    return modelOf(name, new sdk.ElasticLoadBalancingV2Client(unused), sdk);
  },
  events: async (name) => {
    const sdk = await import('@aws-sdk/client-eventbridge');
    return modelOf(name, new sdk.EventBridgeClient(unused), sdk);
  },
  iam: async (name) => {
    const sdk = await import('@aws-sdk/client-iam');
    return modelOf(name, new sdk.IAMClient(unused), sdk);
  },
  lambda: async (name) => {
    const sdk = await import('@aws-sdk/client-lambda');
    return modelOf(name, new sdk.LambdaClient(unused), sdk);
  },
  logs: async (name) => {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return modelOf(name, new sdk.CloudWatchLogsClient(unused), sdk);
  },
  monitoring: async (name) => {
    const sdk = await import('@aws-sdk/client-cloudwatch');
    return modelOf(name, new sdk.CloudWatchClient(unused), sdk);
  },
  route53: async (name) => {
    const sdk = await import('@aws-sdk/client-route-53');
    return modelOf(name, new sdk.Route53Client(unused), sdk);
  },
  s3: async (name) => {
    const sdk = await import('@aws-sdk/client-s3');
    return modelOf(name, new sdk.S3Client(unused), sdk);
  },
  sns: async (name) => {
    const sdk = await import('@aws-sdk/client-sns');
    return modelOf(name, new sdk.SNSClient(unused), sdk);
  },
  sqs: async (name) => {
    const sdk = await import('@aws-sdk/client-sqs');
    return modelOf(name, new sdk.SQSClient(unused), sdk);
  },
  ssm: async (name) => {
    const sdk = await import('@aws-sdk/client-ssm');
    return modelOf(name, new sdk.SSMClient(unused), sdk);
  },
  states: async (name) => {
    const sdk = await import('@aws-sdk/client-sfn');
    return modelOf(name, new sdk.SFNClient(unused), sdk);
  },
  sts: async (name) => {
    const sdk = await import('@aws-sdk/client-sts');
    return modelOf(name, new sdk.STSClient(unused), sdk);
  },
  tagging: async (name) => {
    const sdk = await import('@aws-sdk/client-resource-groups-tagging-api');
    return modelOf(name, new sdk.ResourceGroupsTaggingAPIClient(unused), sdk);
  },
  'vpc-lattice': async (name) => {
    const sdk = await import('@aws-sdk/client-vpc-lattice');
    return modelOf(name, new sdk.VPCLatticeClient(unused), sdk);
  },
};

const loaded = new Map<string, Promise<ServiceModel>>();

/**
 * Loads the model of a service by its signing name, once.
 * @throws Error when no SDK package is listed for it
 */
export async function loadModel(signingName: string): Promise<ServiceModel> {
  const load = PACKAGES[signingName];
  if (load === undefined)
    throw new Error(
      `no SDK package is known for the service ${signingName}: list it in embedded-aws/wire/sdk.ts`,
    );
  const model = loaded.get(signingName) ?? load(signingName);
  loaded.set(signingName, model);
  return model;
}
