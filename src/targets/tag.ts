/** The tag that names the targets that a thing speaks for, separated by spaces: of an alarm, a target group, a rule. */
export const TARGET_TAG = 'lastgood:target';
