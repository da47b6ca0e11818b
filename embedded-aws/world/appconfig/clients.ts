import type { Random } from '../random.ts';
import type { Metrics } from '../seams.ts';
import type { Answers } from '../traffic/publisher.ts';
import type { Users } from '../traffic/users.ts';
import { isInFlight } from './deployments/back.ts';
import { OwnMinutes } from '../own-minutes.ts';
import type { Deployment, Effect, Environment, Version } from './model.ts';
import { standing, type AppConfigState } from './state.ts';

/** Number of clients of an environment, over which its requests are spread evenly. */
const CLIENTS = 50;

/**
 * Milliseconds between two polls of a client. The interval is the client's choice; this is the agent's upper default.
 * https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-configuring.html
 */
const POLL_MS = 60_000;

interface Client {
  /** The client gets a deployment once it is available to more than this percentage. */
  readonly place: number;
  polledAt: number;
  /** Its configurations, by profile. */
  versions: readonly Version[];
}

/**
 * Creates the clients of the environments. Each polls AppConfig once a minute, and answers requests by the versions that
 * it has. A client that has the new version of a deployment has the old one again after its rollback.
 */
export function createClients(state: AppConfigState, metrics: Metrics): Users {
  const chance = state.surroundings.random('appconfig/clients');
  const minutes = new OwnMinutes(state.surroundings.clock, metrics, {
    namespace: 'Flags',
    dimensionsOf: (Environment) => ({ Environment }),
  });
  const crowds = new Map<Environment, readonly Client[]>();
  let failing = 0;

  const crowdOf = (environment: Environment, at: number): readonly Client[] => {
    const known = crowds.get(environment);
    if (known !== undefined) return known;
    const crowd = Array.from({ length: CLIENTS }, (_, index) => ({
      place: (100 * index) / CLIENTS,
      polledAt: at - chance.next() * POLL_MS,
      versions: polled(environment, (100 * index) / CLIENTS),
    }));
    crowds.set(environment, crowd);
    return crowd;
  };

  const ask = (environment: Environment, requests: number, at: number): readonly Answers[] => {
    const crowd = crowdOf(environment, at);
    const counts = new Map<string, { readonly effect: Effect; count: number }>();
    for (let request = 0; request < requests; request++) {
      const client = crowd[request % crowd.length];
      if (client === undefined) continue;
      poll(client, environment, at);
      const effect = worst(client.versions);
      const key = `${effect.errorRate} ${effect.latency}`;
      const kept = counts.get(key) ?? { effect, count: 0 };
      kept.count++;
      counts.set(key, kept);
    }
    const answers = [...counts.values()].flatMap((one) => answersOf(one, failing, chance));
    for (const { status, count } of answers) minutes.count(at, nameOf(environment), status !== 200, count);
    return answers;
  };

  return {
    serve: (requests, at) => environmentsOf(state).flatMap((one) => ask(one, requests, at)),
    // AppConfig deploys no version that does not exist.
    violations: () => [],
    failAll: (share) => {
      failing = share;
    },
  };
}

/** Users arrive once a first configuration is there for everyone. */
function environmentsOf({ applications }: AppConfigState): readonly Environment[] {
  const all = [...applications.values()].flatMap(({ environments }) => [...environments.values()]);
  return all.filter(({ deployments }) => deployments.some(({ completedAt }) => completedAt !== null));
}

/** `shop/prod` */
function nameOf({ application, name }: Environment): string {
  return `${application.name}/${name}`;
}

function poll(client: Client, environment: Environment, at: number): void {
  if (at < client.polledAt + POLL_MS) return;
  client.polledAt += POLL_MS * Math.floor((at - client.polledAt) / POLL_MS);
  client.versions = polled(environment, client.place);
}

/** Returns what a client gets of each profile: what is in flight if it is among the first, and else what stands. */
function polled(environment: Environment, place: number): readonly Version[] {
  const { deployments, application } = environment;
  const latest = deployments.at(-1);
  const gets = (one: Deployment | undefined) => one !== undefined && isInFlight(one) && place < one.percent;
  return [...application.profiles.values()].flatMap((profile) => {
    const deployment = latest?.profile === profile && gets(latest) ? latest : standing(environment, profile);
    return deployment === null ? [] : [deployment.version];
  });
}

function worst(versions: readonly Version[]): Effect {
  const effects = versions.map(({ effect }) => effect);
  return {
    errorRate: Math.max(0, ...effects.map(({ errorRate }) => errorRate)),
    latency: Math.max(0, ...effects.map(({ latency }) => latency)),
  };
}

function answersOf(
  { effect, count }: { readonly effect: Effect; readonly count: number },
  failing: number,
  chance: Random,
): readonly Answers[] {
  const failed = chance.binomial(count, Math.max(failing, effect.errorRate));
  const answers: readonly Answers[] = [
    { status: 500, targetSeconds: effect.latency, count: failed },
    { status: 200, targetSeconds: effect.latency, count: count - failed },
  ];
  return answers.filter((each) => each.count > 0);
}
