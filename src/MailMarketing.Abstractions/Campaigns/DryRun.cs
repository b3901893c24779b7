namespace MailMarketing;

/// <summary>What a dry run of a campaign came to.</summary>
public sealed record DryRun
{
    /// <summary>Names everything that was found, as in <c>sha256:…</c>; another audience, content or outcome has another one.</summary>
    public required string Manifest { get; init; }

    /// <summary>How many recipients there are.</summary>
    public required long Total { get; init; }

    /// <summary>How many of them would be sent a message.</summary>
    public required long Send { get; init; }

    /// <summary>How many would not, since they do not want it.</summary>
    public required long Suppressed { get; init; }

    /// <summary>How many would not, since no message can be made for them.</summary>
    public required long Errors { get; init; }

    /// <summary>The templates' clock; null where none was asked for and it was the time of the run.</summary>
    public DateTimeOffset? At { get; init; }
}
