import {
  GetConfigurationProfileCommand,
  GetDeploymentCommand,
  GetEnvironmentCommand,
  ListDeploymentsCommand,
  ListHostedConfigurationVersionsCommand,
  StartDeploymentCommand,
  StopDeploymentCommand,
  type AppConfigClient,
} from '@aws-sdk/client-appconfig';
import { isNamed } from '../../../src/aws/errors.ts';
import type { ProfileName } from '../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig } from './appconfig.ts';
import { toDeployment, toDetails, toEnvironment, toProfile, toVersion } from './from-aws.ts';

/** The predefined strategy that reaches all clients at once, and then bakes for ten minutes. */
export const STRATEGY = 'AppConfig.AllAtOnce';

/** The most items of a page (API_ListDeployments). Two pages reach weeks back. */
const PAGE_ITEMS = 50;
const MAX_PAGES = 2;

type Writes = Pick<AppConfig, 'stop' | 'start'>;

/**
 * Binds the calls to a client.
 * @param arn the prefix of AppConfig's ARNs in this account, because environments do not return their own
 */
export function createAppConfig(client: Pick<AppConfigClient, 'send'>, arn: string): AppConfig {
  return { ...readsOf(client, arn), ...writesOf(client) };
}

function readsOf(client: Pick<AppConfigClient, 'send'>, arn: string): Omit<AppConfig, keyof Writes> {
  return {
    environment: (name) =>
      orNull(async () => {
        const found = await client.send(new GetEnvironmentCommand(environmentIn(name)));
        return toEnvironment(`${arn}:application/${name.application}/environment/${name.environment}`, found);
      }),
    profile: (name) =>
      orNull(async () => toProfile(await client.send(new GetConfigurationProfileCommand(profileIn(name))))),
    deployments: (name) =>
      orNull(async () => {
        const found = await pagesOf((page) =>
          client.send(new ListDeploymentsCommand({ ...environmentIn(name), ...page })),
        );
        return found.map(toDeployment);
      }),
    details: (name, DeploymentNumber) =>
      orNull(async () => {
        const input = { ...environmentIn(name), DeploymentNumber };
        return toDetails(await client.send(new GetDeploymentCommand(input)));
      }),
    versions: async (name) => {
      const found = await pagesOf((page) =>
        client.send(new ListHostedConfigurationVersionsCommand({ ...profileIn(name), ...page })),
      );
      return found.map(toVersion);
    },
  };
}

function writesOf(client: Pick<AppConfigClient, 'send'>): Writes {
  return {
    stop: async (name, DeploymentNumber) => {
      // A deployment that completes in between is reverted, instead of an error.
      const input = { ...environmentIn(name), DeploymentNumber, AllowRevert: true };
      await client.send(new StopDeploymentCommand(input));
    },
    start: async (name, ConfigurationVersion, LatestDeploymentNumber, Description) => {
      const what = {
        ConfigurationVersion,
        DeploymentStrategyId: STRATEGY,
        LatestDeploymentNumber,
        Description,
      };
      const input = { ...environmentIn(name), ...profileIn(name), ...what };
      const { DeploymentNumber = 0 } = await client.send(new StartDeploymentCommand(input));
      return DeploymentNumber;
    },
  };
}

function environmentIn({ application, environment }: ProfileName) {
  return { ApplicationId: application, EnvironmentId: environment };
}

function profileIn({ application, profile }: ProfileName) {
  return { ApplicationId: application, ConfigurationProfileId: profile };
}

async function pagesOf<Item>(
  read: (page: {
    readonly MaxResults: number;
    readonly NextToken?: string;
  }) => Promise<{ readonly Items?: Item[] | undefined; readonly NextToken?: string | undefined }>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { Items = [], NextToken } = await read({
      MaxResults: PAGE_ITEMS,
      ...(token !== undefined && { NextToken: token }),
    });
    all.push(...Items);
    token = NextToken;
    if (token === undefined) break;
  }
  return all;
}

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return null;
    throw error;
  }
}
