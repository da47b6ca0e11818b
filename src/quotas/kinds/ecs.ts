import { byOperation, quotasOf } from '../buckets.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
export const quotas = quotasOf({
  service: 'ecs',
  buckets: {
    'ecs service modify': [50, 5],
    'ecs service read': [100, 20],
    'ecs service deployment read': [50, 20],
    'ecs service revision read': [50, 20],
    'ecs task definition read': [50, 20],
    'ecs cluster resource read': [100, 20],
  },
  of: byOperation({
    DescribeServices: 'ecs service read',
    ListServices: 'ecs service read',
    DescribeTaskSets: 'ecs service read',
    ListServiceDeployments: 'ecs service deployment read',
    DescribeServiceDeployments: 'ecs service deployment read',
    DescribeServiceRevisions: 'ecs service revision read',
    DescribeTaskDefinition: 'ecs task definition read',
    ListTaskDefinitions: 'ecs task definition read',
    DescribeTasks: 'ecs cluster resource read',
    ListTasks: 'ecs cluster resource read',
    UpdateService: 'ecs service modify',
    StopServiceDeployment: 'ecs service modify',
    ContinueServiceDeployment: 'ecs service modify',
    CreateTaskSet: 'ecs service modify',
    UpdateTaskSet: 'ecs service modify',
    UpdateServicePrimaryTaskSet: 'ecs service modify',
  }),
});
