namespace MailMarketing;

/// <summary>One rendered email on its way to a gateway.</summary>
public sealed record EmailMessage
{
    /// <summary>Stable for all attempts of a round: the same key never carries other bytes.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The From line.</summary>
    public required Mailbox From { get; init; }

    /// <summary>The one recipient.</summary>
    public required Mailbox To { get; init; }

    /// <summary>Subject and bodies.</summary>
    public required RenderedEmail Content { get; init; }

    /// <summary>Further headers: custom ones, Message-ID, List-Unsubscribe.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Files that it carries, with their content; empty unless the lane <see cref="GatewayOptions.SupportsAttachments"/>.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>When the campaign was frozen, the same for every attempt; null where a message has no such moment.</summary>
    public DateTimeOffset? FrozenAt { get; init; }
}
