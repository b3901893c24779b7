using ReferenceHost.People;

namespace ReferenceHost.Tokens;

/// <summary>What a program signs in with. Moments are Unix milliseconds.</summary>
public sealed class ApiToken
{
    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The SHA-256 of the token, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>What it may do; never people and tokens.</summary>
    public required PersonRole Scope { get; init; }

    /// <summary>Who made it: it ends with them.</summary>
    public required long PersonId { get; init; }

    public required long CreatedAt { get; init; }

    public required long ExpiresAt { get; init; }

    public long? UsedAt { get; set; }
}
