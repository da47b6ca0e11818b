/** The findings about stages of API Gateway (functions/mechanisms/apigateway/ready), with their usual severity. */
export const APIGATEWAY = {
  'deployment-gone': 'blocks',
  'variables-lost': 'blocks',
  'api-name-shared': 'slows',
} as const;
