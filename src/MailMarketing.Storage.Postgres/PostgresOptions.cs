namespace MailMarketing;

/// <summary>Where in the database MailMarketing keeps its tables.</summary>
public sealed class PostgresOptions
{
    /// <summary>
    /// The schema, made where it is missing: 1 to 63 characters of <c>a-z</c>, <c>0-9</c> and <c>_</c>, no digit first, not <c>pg_…</c>.
    /// Default <c>mailmarketing</c>, and <c>mailmarketing_queue</c> for the queue of a sending side elsewhere. It must not hold the tables
    /// of anything else.
    /// </summary>
    public string Schema { get; set; } = "mailmarketing";

    /// <summary>For tests that move the clock: takes the time from the app's <see cref="TimeProvider"/>, not from the database.</summary>
    internal bool AppClock { get; set; }
}
