namespace MailMarketing;

/// <summary>What a campaign is started with.</summary>
/// <param name="Content">What is the same for every recipient.</param>
/// <param name="Revision">The revision of the campaign that the content was made for; one changed since is a Conflict.</param>
public sealed record StartRequest(FrozenContent Content, long Revision)
{
    /// <summary>How many recipients there must be; another number is a Conflict. Null for any, from 1.</summary>
    public long? Recipients { get; init; }
}
