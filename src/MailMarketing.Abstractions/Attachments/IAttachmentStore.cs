namespace MailMarketing;

/// <summary>Keeps the content of the files that templates and campaigns name; each content once. A storage without it keeps none.</summary>
public interface IAttachmentStore : IAttachmentReader
{
    /// <summary>
    /// Stores content; what is there already stays. What was stored more than a day ago and nothing names any more (no template in any
    /// version, no campaign) is forgotten.
    /// </summary>
    /// <param name="hash">Its <see cref="Attachment.Hash"/>.</param>
    /// <param name="content">At least one byte.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AddAsync(string hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>How many bytes the content has; null where it is not here.</summary>
    Task<long?> FindSizeAsync(string hash, CancellationToken cancellationToken);
}
