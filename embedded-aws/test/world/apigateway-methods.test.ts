import { describe, expect, it } from 'vitest';
import { ApiGatewayWorld } from './apigateway-world.ts';

const templateOf = (status: number) => ({ 'application/json': JSON.stringify({ statusCode: status }) });

/** Gives the root resource a method whose mock answers this status. */
function mock(world: ApiGatewayWorld, status: number) {
  const { rootResourceId: resourceId } = world.call('GetRestApi', { restApiId: world.api });
  const on = { restApiId: world.api, resourceId, httpMethod: 'GET' };
  world.call('PutMethod', { ...on, authorizationType: 'NONE' });
  for (const statusCode of ['200', '500']) world.call('PutMethodResponse', { ...on, statusCode });
  world.call('PutIntegration', { ...on, type: 'MOCK', requestTemplates: templateOf(status) });
  world.call('PutIntegrationResponse', { ...on, statusCode: '200' });
  world.call('PutIntegrationResponse', { ...on, statusCode: '500', selectionPattern: '5\\d{2}' });
  return on;
}

/** Returns the share of the users of the stage that fail. */
function failed(world: ApiGatewayWorld): number {
  const answers = world.apigateway.callers.serve(100, world.clock.now());
  return answers.filter(({ status }) => status !== 200).reduce((sum, { count }) => sum + count, 0) / 100;
}

function release(world: ApiGatewayWorld): void {
  world.call('CreateDeployment', { restApiId: world.api, stageName: 'prod' });
}

describe('a method with a mock integration', () => {
  it('answers by its request template, as of the deployment', () => {
    const world = new ApiGatewayWorld();
    const on = mock(world, 200);
    release(world);
    expect(failed(world)).toBe(0);

    const value = JSON.stringify({ statusCode: 503 });
    const path = '/requestTemplates/application~1json';
    world.call('UpdateIntegration', { ...on, patchOperations: [{ op: 'replace', path, value }] });
    expect(failed(world)).toBe(0);
    release(world);
    expect(failed(world)).toBe(1);
  });

  it('answers 500 where no response is declared for its status', () => {
    const world = new ApiGatewayWorld();
    const on = mock(world, 200);
    world.call('PutIntegration', { ...on, type: 'MOCK', requestTemplates: templateOf(200) });
    release(world);
    expect(failed(world)).toBe(1);
  });

  it('can be deleted', () => {
    const world = new ApiGatewayWorld();
    const on = mock(world, 500);
    world.call('DeleteMethod', on);
    release(world);
    expect(failed(world)).toBe(0);
    expect(world.refusal('DeleteMethod', on)).toBe('NotFoundException');
  });

  it('refuses what API Gateway refuses, and what is not modelled', () => {
    const world = new ApiGatewayWorld();
    const on = mock(world, 200);
    const patch = (op: string, path: string, value = '') =>
      world.refusal('UpdateIntegration', { ...on, patchOperations: [{ op, path, value }] });
    expect(world.refusal('PutMethod', { ...on, authorizationType: 'NONE' })).toBe('ConflictException');
    expect(world.refusal('PutMethod', { ...on, resourceId: 'x', authorizationType: 'NONE' })).toBe(
      'NotFoundException',
    );
    expect(world.refusal('PutMethod', { ...on, httpMethod: 'PUT', authorizationType: 'AWS_IAM' })).toBe(
      'BadRequestException',
    );
    expect(world.refusal('PutMethodResponse', { ...on, statusCode: '200' })).toBe('ConflictException');
    expect(world.refusal('PutIntegrationResponse', { ...on, statusCode: '404' })).toBe('NotFoundException');
    expect(world.refusal('PutIntegration', { ...on, type: 'HTTP' })).toBe('BadRequestException');
    expect(world.refusal('PutIntegration', { ...on, type: 'MOCK' })).toBe('BadRequestException');
    expect(patch('replace', '/uri', 'x')).toBe('BadRequestException');
    expect(patch('add', '/requestTemplates/application~1json', '{}')).toBe('BadRequestException');
    expect(patch('replace', '/requestTemplates/application~1json', '#if(true)')).toBe('BadRequestException');
    expect(patch('replace', '/requestTemplates/text~1plain', '{"statusCode": 200}')).toBe(
      'BadRequestException',
    );
  });

  it('needs an integration before it can be deployed', () => {
    const world = new ApiGatewayWorld();
    const { rootResourceId: resourceId } = world.call('GetRestApi', { restApiId: world.api });
    const on = { restApiId: world.api, resourceId, httpMethod: 'GET' };
    world.call('PutMethod', { ...on, authorizationType: 'NONE' });
    expect(world.refusal('CreateDeployment', { restApiId: world.api })).toBe('BadRequestException');
    expect(world.refusal('PutIntegrationResponse', { ...on, statusCode: '200' })).toBe('NotFoundException');
  });
});
