namespace ReferenceHost.People;

/// <summary>One browser that is signed in. Moments are Unix milliseconds.</summary>
public sealed class Session
{
    /// <summary>The hash of what the cookie holds.</summary>
    public required string Id { get; init; }

    public required long PersonId { get; init; }

    public required long CreatedAt { get; init; }

    public required long SeenAt { get; set; }

    /// <summary>When the password was last given in it.</summary>
    public required long ConfirmedAt { get; set; }

    public required string Browser { get; init; }
}
