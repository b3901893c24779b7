namespace MailMarketing;

/// <summary>What a contact source gave when a campaign started.</summary>
/// <param name="Added">People who were new and are contacts now.</param>
/// <param name="Updated">People who were contacts and changed.</param>
/// <param name="Unchanged">People who were contacts just so.</param>
/// <param name="Duplicates">Those whose address came again: the last of equal addresses counts, the others are left out.</param>
/// <param name="Refused">Those left out since they are no valid contacts: most often for their address.</param>
public sealed record SourceCounts(int Added, int Updated, int Unchanged, int Duplicates, int Refused);
