import type { Surroundings } from '../aws.ts';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { notFound } from './errors.ts';
import type { Deployment, HttpStage, RestApi, Stage } from './model.ts';

/** The REST APIs of the account. */
export class ApiGatewayState {
  readonly clock: Clock;
  readonly random: Random;
  readonly apis = new Map<string, RestApi>();
  readonly http: HttpStage[] = [];

  constructor({ clock, random }: Pick<Surroundings, 'clock' | 'random'>) {
    this.clock = clock;
    this.random = random('apigateway');
  }

  /** @throws AwsError NotFoundException, for the id of an HTTP API too: its own service has those */
  api(id = ''): RestApi {
    const found = this.apis.get(id);
    if (found === undefined) throw notFound('Invalid API identifier specified');
    return found;
  }

  /** @throws AwsError NotFoundException */
  stage(apiId: string | undefined, name = ''): Stage {
    const found = this.api(apiId).stages.get(name);
    if (found === undefined) throw notFound('Invalid stage identifier specified');
    return found;
  }

  /** @throws AwsError NotFoundException */
  deployment(apiId: string | undefined, id = ''): Deployment {
    const found = this.api(apiId).deployments.get(id);
    if (found === undefined) throw notFound('Invalid Deployment identifier specified');
    return found;
  }
}
