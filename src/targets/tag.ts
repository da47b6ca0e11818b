/** The tag that names the targets of an alarm, a target group, a load balancer or a function, separated by spaces. */
export const TARGET_TAG = 'lastgood:target';
