namespace MailMarketing;

/// <summary>One email to one person, outside of any campaign: no unsubscribe link, no delivery to look up.</summary>
public sealed record SingleEmail
{
    /// <summary>The recipient; <c>email</c> and <c>name</c> among the fields are taken from here.</summary>
    public required Mailbox To { get; init; }

    /// <summary>Subject and bodies, which may use every name of <see cref="Fields"/>.</summary>
    public required TemplateSource Source { get; init; }

    /// <summary>What the placeholders stand for; default none.</summary>
    public IReadOnlyDictionary<string, object?> Fields { get; init; } = new Dictionary<string, object?>();

    /// <summary>The gateway's name; null (the default) for the first lane.</summary>
    public string? Lane { get; init; }
}
