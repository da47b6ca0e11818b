import { CreateDeploymentCommand, UpdateIntegrationCommand } from '@aws-sdk/client-api-gateway';
import { attribute, ref, tagList, text, type Resource } from '../cloudformation.ts';
import { alarm, restRequests } from '../prices.ts';
import { FOR_LASTGOOD } from '../tags.ts';
import type { Part } from './part.ts';

export const STAGE = 'live';

/** The stage variable that a release changes too. */
export const VARIABLE = 'release';

const METHOD = 'GET';
const JSON_TYPE = 'application/json';

/**
 * Returns the request template of a mock, which chooses the status of its answer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
const answering = (statusCode: 200 | 500): string => JSON.stringify({ statusCode });

const onApi = { RestApiId: ref('Api') };

function gateway(type: string, properties: Resource['Properties'], more: object = {}): Resource {
  return { Type: `AWS::ApiGateway::${type}`, Properties: properties, ...more };
}

export const apigatewayStage: Part = {
  name: 'apigateway-stage',
  shows: 'a stage of a REST API, whose mock answers: a deployment and a stage variable bring errors alone',
  shares: [],
  resources: {
    Api: gateway('RestApi', {
      Name: text('${AWS::StackName}'),
      EndpointConfiguration: { Types: ['REGIONAL'] },
    }),
    ApiMethod: gateway('Method', {
      ...onApi,
      ResourceId: attribute('Api', 'RootResourceId'),
      HttpMethod: METHOD,
      AuthorizationType: 'NONE',
      MethodResponses: [{ StatusCode: '200' }, { StatusCode: '500' }],
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { [JSON_TYPE]: answering(200) },
        IntegrationResponses: [{ StatusCode: '200' }, { StatusCode: '500', SelectionPattern: '500' }],
      },
    }),
    ApiDeployment: gateway('Deployment', onApi, { DependsOn: 'ApiMethod' }),
    ApiStage: gateway('Stage', {
      ...onApi,
      StageName: STAGE,
      DeploymentId: ref('ApiDeployment'),
      Variables: { [VARIABLE]: 'good' },
      Tags: tagList(FOR_LASTGOOD),
    }),
    ApiAlarm: {
      Type: 'AWS::CloudWatch::Alarm',
      // No tag names the stage: Lastgood finds it by the name of the API.
      Properties: {
        AlarmDescription: 'More than 5 % of the requests fail.',
        Namespace: 'AWS/ApiGateway',
        MetricName: '5XXError',
        Dimensions: [
          { Name: 'ApiName', Value: text('${AWS::StackName}') },
          { Name: 'Stage', Value: ref('ApiStage') },
        ],
        Statistic: 'Average',
        Period: 60,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 0.05,
        EvaluationPeriods: 2,
        DatapointsToAlarm: 2,
        TreatMissingData: 'missing',
      },
    },
  },
  outputs: {
    Api: ref('Api'),
    ApiRoot: attribute('Api', 'RootResourceId'),
    ApiDeployment: ref('ApiDeployment'),
    ApiAddress: text(`https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${STAGE}/`),
    ApiAlarm: ref('ApiAlarm'),
  },
  alarm: 'ApiAlarm',
  priced: [restRequests(), alarm(1)],
  target: (outputs) => `apigateway:${outputs('Api')}/${STAGE}`,
  users: (outputs) => ({ url: outputs('ApiAddress') }),
  release: async ({ apiGateway }, outputs) => {
    const restApiId = outputs('Api');
    const path = `/requestTemplates/${JSON_TYPE.replaceAll('/', '~1')}`;
    await apiGateway.send(
      new UpdateIntegrationCommand({
        restApiId,
        resourceId: outputs('ApiRoot'),
        httpMethod: METHOD,
        patchOperations: [{ op: 'replace', path, value: answering(500) }],
      }),
    );
    await apiGateway.send(
      new CreateDeploymentCommand({ restApiId, stageName: STAGE, variables: { [VARIABLE]: 'bad' } }),
    );
  },
};
