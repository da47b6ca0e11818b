/** The findings about configurations of AppConfig (functions/mechanisms/appconfig/ready), with their usual severity. */
export const APPCONFIG = {
  'configuration-gone': 'blocks',
  'monitor-red': 'risks',
  'monitors-none': 'slows',
} as const;
