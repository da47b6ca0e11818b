import type { ResourceType } from './resource-type.ts';
import { deployment, method, restApi, stage } from './types/apigateway.ts';
import {
  application,
  configurationDeployment,
  configurationProfile,
  deploymentStrategy,
  environment,
  hostedConfigurationVersion,
} from './types/appconfig.ts';
import { autoScalingGroup } from './types/autoscaling.ts';
import { alarm } from './types/cloudwatch.ts';
import { pipeline } from './types/codepipeline.ts';
import { launchTemplate, securityGroup } from './types/ec2.ts';
import { cluster, service, taskDefinition } from './types/ecs.ts';
import { listener, listenerRule, loadBalancer, targetGroup } from './types/elb.ts';
import { rule } from './types/events.ts';
import { role } from './types/iam.ts';
import { alias, lambdaFunction, version } from './types/lambda.ts';
import * as lattice from './types/lattice.ts';
import { bucket } from './types/s3.ts';
import { queue, queuePolicy } from './types/sqs.ts';
import { parameter } from './types/ssm.ts';

/** The types that a stack may have. CreateStack refuses every other one. */
export const TYPES: ReadonlyMap<string, ResourceType> = new Map([
  ['AWS::ApiGateway::Deployment', deployment],
  ['AWS::ApiGateway::Method', method],
  ['AWS::ApiGateway::RestApi', restApi],
  ['AWS::ApiGateway::Stage', stage],
  ['AWS::AppConfig::Application', application],
  ['AWS::AppConfig::ConfigurationProfile', configurationProfile],
  ['AWS::AppConfig::Deployment', configurationDeployment],
  ['AWS::AppConfig::DeploymentStrategy', deploymentStrategy],
  ['AWS::AppConfig::Environment', environment],
  ['AWS::AppConfig::HostedConfigurationVersion', hostedConfigurationVersion],
  ['AWS::AutoScaling::AutoScalingGroup', autoScalingGroup],
  ['AWS::CloudWatch::Alarm', alarm],
  ['AWS::CodePipeline::Pipeline', pipeline],
  ['AWS::EC2::LaunchTemplate', launchTemplate],
  ['AWS::EC2::SecurityGroup', securityGroup],
  ['AWS::ECS::Cluster', cluster],
  ['AWS::ECS::Service', service],
  ['AWS::ECS::TaskDefinition', taskDefinition],
  ['AWS::ElasticLoadBalancingV2::Listener', listener],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', listenerRule],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', loadBalancer],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', targetGroup],
  ['AWS::Events::Rule', rule],
  ['AWS::IAM::Role', role],
  ['AWS::Lambda::Alias', alias],
  ['AWS::Lambda::Function', lambdaFunction],
  ['AWS::Lambda::Version', version],
  ['AWS::S3::Bucket', bucket],
  ['AWS::SQS::Queue', queue],
  ['AWS::SQS::QueuePolicy', queuePolicy],
  ['AWS::SSM::Parameter', parameter],
  ['AWS::VpcLattice::Listener', lattice.listener],
  ['AWS::VpcLattice::Service', lattice.service],
  ['AWS::VpcLattice::ServiceNetwork', lattice.serviceNetwork],
  ['AWS::VpcLattice::ServiceNetworkServiceAssociation', lattice.serviceAssociation],
  ['AWS::VpcLattice::ServiceNetworkVpcAssociation', lattice.vpcAssociation],
  ['AWS::VpcLattice::TargetGroup', lattice.targetGroup],
]);
