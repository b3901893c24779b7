namespace MailMarketing;

/// <summary>What every store says of an audience in the same words.</summary>
internal static class AudienceRules
{
    /// <summary>Why somebody gets nothing whose address is suppressed. Stands in SQL: without quotes.</summary>
    public const string Suppressed = "The address is suppressed.";

    /// <summary>Why somebody gets nothing who is not subscribed. Stands in SQL: without quotes.</summary>
    public const string Unwanted = "The contact does not want campaigns.";

    /// <summary>Why somebody gets nothing; null for who gets the campaign.</summary>
    public static string? Withheld(ConsentStatus status, bool suppressed) =>
        suppressed ? Suppressed : status == ConsentStatus.Subscribed ? null : Unwanted;

    /// <summary>What keeps a campaign from starting with so many recipients; null where nothing does.</summary>
    public static Problem? Judge(long id, long recipients, long? wanted) => recipients switch
    {
        0 => Problem.Conflict(
            $"Campaign {id} reaches nobody: choose segments with contacts or a source that gives people, or exclude fewer."),
        _ when wanted is { } number && number != recipients => Problem.Conflict(
            $"Campaign {id} was to reach {number} people and reaches {recipients} now: make a new dry run, then start it."),
        _ => null,
    };

    /// <summary>What to say of a campaign that is no longer the one its content was made for.</summary>
    public static Problem Changed(long id) =>
        Problem.Conflict($"Campaign {id} was changed while it was to start: look at it again, then start it.");
}
