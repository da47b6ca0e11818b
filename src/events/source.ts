/** The `source` of every event that Lastgood publishes. Apart from the schemas, which a function that publishes does not load. */
export const SOURCE = 'lastgood';
