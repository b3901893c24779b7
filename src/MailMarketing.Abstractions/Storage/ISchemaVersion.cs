namespace MailMarketing;

/// <summary>Tells how far a storage's schema was brought; only storages with migrations have it.</summary>
public interface ISchemaVersion
{
    /// <summary>
    /// The name of the last migration that was run, once all that this version of the code knows were run. A database that is newer than
    /// the code is a <see cref="MailMarketingException"/>.
    /// </summary>
    Task<string> ReadAsync(CancellationToken cancellationToken);
}
