/** The service of the ECS scenarios: `checkout` in the cluster `prod`, behind a load balancer, under live traffic. */
export const TARGET = 'ecs:prod/checkout';
