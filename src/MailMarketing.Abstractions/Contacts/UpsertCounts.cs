namespace MailMarketing;

/// <summary>What a bulk write of contacts did.</summary>
/// <param name="Added">Contacts that were new.</param>
/// <param name="Updated">Contacts that existed and changed.</param>
/// <param name="Unchanged">Contacts that existed just so.</param>
public sealed record UpsertCounts(int Added, int Updated, int Unchanged);
