namespace MailMarketing.Storage.Postgres.Tests;

internal static class TestOptions
{
    /// <summary>A new schema, in which the clock of the test decides.</summary>
    public static void Moved(PostgresOptions options) => (options.Schema, options.AppClock) = (NewSchema(), true);

    public static string NewSchema() => $"t_{Guid.NewGuid():n}";
}
