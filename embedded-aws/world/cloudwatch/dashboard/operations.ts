import type {
  DeleteDashboardsInput,
  GetDashboardInput,
  ListDashboardsInput,
  PutDashboardInput,
} from '@aws-sdk/client-cloudwatch';
import { ACCOUNT, type Surroundings } from '../../aws.ts';
import { AwsError } from '../../service.ts';
import { anywhere, limit } from '../limits.ts';
import { checkBody } from './body.ts';

interface Dashboard {
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const NAME = /^[\w-]{1,255}$/;

/**
 * Models dashboards: their bodies are checked and kept, and drawn nowhere. They belong to the account and to no Region.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 */
export function dashboardOperations({ clock }: Surroundings) {
  const dashboards = new Map<string, Dashboard>();
  const named = (name = ''): Dashboard => {
    const found = dashboards.get(name);
    if (found === undefined) throw new AwsError('ResourceNotFound', `Dashboard ${name} does not exist`, 404);
    return found;
  };
  return {
    PutDashboard: {
      bucket: limit.dashboards,
      authorize: ({ DashboardName = '' }: PutDashboardInput) => mayUse('PutDashboard', [DashboardName]),
      run: ({ DashboardName: name = '', DashboardBody: body = '' }: PutDashboardInput) => {
        if (!NAME.test(name)) throw invalid('DashboardName must have 1 to 255 of A-Z a-z 0-9 - _');
        checked(body);
        dashboards.set(name, { body, at: clock.now() });
        return { DashboardValidationMessages: [] };
      },
    },
    GetDashboard: {
      bucket: limit.dashboards,
      authorize: ({ DashboardName = '' }: GetDashboardInput) => mayUse('GetDashboard', [DashboardName]),
      run: ({ DashboardName: name }: GetDashboardInput) => ({
        DashboardArn: dashboardArn(name ?? ''),
        DashboardBody: named(name).body,
        DashboardName: name,
      }),
    },
    ListDashboards: {
      bucket: limit.dashboards,
      authorize: anywhere('ListDashboards'),
      run: ({ DashboardNamePrefix: prefix = '' }: ListDashboardsInput) => ({
        DashboardEntries: [...dashboards]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, { body, at }]) => ({
            DashboardName: name,
            DashboardArn: dashboardArn(name),
            LastModified: new Date(at),
            Size: Buffer.byteLength(body),
          })),
      }),
    },
    DeleteDashboards: {
      bucket: limit.dashboards,
      authorize: ({ DashboardNames = [] }: DeleteDashboardsInput) =>
        mayUse('DeleteDashboards', DashboardNames),
      run: ({ DashboardNames = [] }: DeleteDashboardsInput) => {
        // "If there is an error during this call, no dashboards are deleted."
        for (const name of DashboardNames) named(name);
        for (const name of DashboardNames) dashboards.delete(name);
        return {};
      },
    },
  };
}

function checked(body: string): void {
  try {
    checkBody(body);
  } catch (error) {
    throw error instanceof AwsError ? invalid(error.message) : error;
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterInput', `The dashboard body is invalid: ${message}`, 400);
}

function mayUse(action: string, names: readonly string[]) {
  return names.map((name) => ({ action: `cloudwatch:${action}`, resource: dashboardArn(name) }));
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html */
function dashboardArn(name: string): string {
  return `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${name}`;
}
