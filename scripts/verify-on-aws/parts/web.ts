import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { behaviourTags, THROW_AWAY } from '../tags.ts';

/** A public image, which needs no registry of the account. */
export const IMAGE = 'public.ecr.aws/nginx/nginx:stable-alpine';

export const PORT = 8080;

/** The share of requests that a bad release answers with a 500, and its health check never. */
export const BAD = 0.4;
export const GOOD = 0;

/**
 * Returns nginx's configuration. Each request falls to a side by its random id.
 * https://nginx.org/en/docs/http/ngx_http_split_clients_module.html
 */
function configuration(errors: number): string {
  const bad = errors === 0 ? '' : `${errors * 100}% bad; `;
  return `split_clients "$request_id" $fate { ${bad}* good; }
server {
  listen ${PORT};
  location = /health { return 200 "healthy"; }
  location / {
    if ($fate = bad) { return 500 "bad"; }
    return 200 "good";
  }
}`;
}

const START = 'printf "%s" "$CONFIGURATION" > /etc/nginx/conf.d/default.conf && exec nginx -g "daemon off;"';

/** Returns a task definition without its family and its roles, as the ECS API takes it. */
export function webTasks(
  errors: number,
): Omit<RegisterTaskDefinitionCommandInput, 'family' | 'taskRoleArn' | 'executionRoleArn'> {
  const tags = { ...THROW_AWAY, ...behaviourTags(errors) };
  return {
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      {
        name: 'web',
        image: IMAGE,
        essential: true,
        command: ['sh', '-c', START],
        environment: [{ name: 'CONFIGURATION', value: configuration(errors) }],
        portMappings: [{ containerPort: PORT }],
      },
    ],
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  };
}
