'use strict';

/*
 * Makes one IAM role for each function, from the `iamRoleStatements` in its function.yml. Removes the role that the
 * framework makes for all functions together. A plugin of the Serverless Framework:
 * https://www.serverless.com/framework/docs/guides/plugins/creating-plugins
 */

/**
 * The longest role name that IAM accepts. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MAX_ROLE_NAME_LENGTH = 64;

const ASSUMED_BY_LAMBDA = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] },
  ],
};

module.exports = class Roles {
  constructor(serverless) {
    this.service = serverless.service;
    this.naming = serverless.getProvider('aws').naming;
    serverless.configSchemaHandler.defineFunctionProperties('aws', {
      properties: { iamRoleStatements: { $ref: '#/definitions/awsIamPolicyStatements' } },
      required: ['iamRoleStatements'],
    });
    this.hooks = { 'before:package:finalize': () => this.make() };
  }

  make() {
    const resources = this.service.provider.compiledCloudFormationTemplate.Resources;
    const shared = this.naming.getRoleLogicalId();
    for (const key of this.service.getAllFunctions()) this.give(key, shared, resources);
    delete resources[shared];
  }

  /** Gives a function its own role in place of the shared one. */
  give(key, shared, resources) {
    const { name, iamRoleStatements } = this.service.getFunction(key);
    const id = `${this.naming.getNormalizedFunctionName(key)}${shared}`;
    resources[id] = this.roleOf(key, name, iamRoleStatements);
    const made = resources[this.naming.getLambdaLogicalId(key)];
    made.Properties.Role = { 'Fn::GetAtt': [id, 'Arn'] };
    made.DependsOn = [id, ...made.DependsOn.filter((other) => other !== shared)];
  }

  roleOf(key, name, statements) {
    const { stage, region, iam } = this.service.provider;
    const parts = [this.service.service, stage, key];
    const length = [...parts, region, 'role'].join('-').length;
    if (length > MAX_ROLE_NAME_LENGTH)
      throw new Error(
        `the name of the role of ${key} has ${length} characters; IAM takes ${MAX_ROLE_NAME_LENGTH}`,
      );
    const Statement = [this.logsOf(name), ...iam.role.statements, ...statements];
    return {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: { 'Fn::Join': ['-', [...parts, { Ref: 'AWS::Region' }, 'role']] },
        Path: '/',
        AssumeRolePolicyDocument: ASSUMED_BY_LAMBDA,
        Policies: [
          {
            PolicyName: { 'Fn::Join': ['-', [this.service.service, stage, 'lambda']] },
            PolicyDocument: { Version: '2012-10-17', Statement },
          },
        ],
      },
    };
  }

  /** Returns the function's log permissions. The template makes the log group, so the function may not. */
  logsOf(name) {
    const group = this.naming.getLogGroupName(name);
    const arn = `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${group}:*`;
    return {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::Sub': arn },
    };
  }
};
