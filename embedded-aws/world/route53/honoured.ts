import { honouring } from '../service.ts';

/** Lists the input members that each operation honours. */
export const HONOURED = honouring({
  ChangeResourceRecordSets: 'HostedZoneId ChangeBatch',
  ChangeTagsForResource: 'ResourceType ResourceId AddTags RemoveTagKeys',
  CreateHealthCheck: 'CallerReference HealthCheckConfig',
  CreateHostedZone: 'Name CallerReference',
  DeleteHealthCheck: 'HealthCheckId',
  GetChange: 'Id',
  GetHealthCheck: 'HealthCheckId',
  GetHealthCheckStatus: 'HealthCheckId',
  GetHostedZone: 'Id',
  ListHostedZones: 'Marker MaxItems',
  ListResourceRecordSets: 'HostedZoneId StartRecordName StartRecordType StartRecordIdentifier MaxItems',
  ListTagsForResource: 'ResourceType ResourceId',
  ListTagsForResources: 'ResourceType ResourceIds',
  UpdateHealthCheck: `
    HealthCheckId HealthCheckVersion IPAddress Port ResourcePath FullyQualifiedDomainName
    FailureThreshold Inverted Disabled EnableSNI Regions ResetElements`,
});
