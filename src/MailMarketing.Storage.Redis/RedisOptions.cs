namespace MailMarketing;

/// <summary>Where in Redis MailMarketing keeps its keys.</summary>
public sealed class RedisOptions
{
    /// <summary>
    /// What the names of all keys begin with, in braces, so that a cluster keeps them together: 1 to 64 characters of <c>A-Z</c>,
    /// <c>a-z</c>, <c>0-9</c>, <c>.</c>, <c>_</c>, <c>:</c> and <c>-</c>. Default <c>mailmarketing</c>. Two queues on one server need two
    /// prefixes.
    /// </summary>
    public string Prefix { get; set; } = "mailmarketing";

    /// <summary>For tests that move the clock: takes the time from the app's <see cref="TimeProvider"/>, not from Redis.</summary>
    internal bool AppClock { get; set; }
}
