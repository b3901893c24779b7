namespace MailMarketing;

/// <summary>Gives the content of files that emails carry. A sending side elsewhere keeps those of the jobs that it took.</summary>
/// <remarks>Thread-safe. What a hash stands for never changes.</remarks>
public interface IAttachmentReader
{
    /// <summary>The content of a file by its <see cref="Attachment.Hash"/>, or null.</summary>
    Task<byte[]?> ReadAsync(string hash, CancellationToken cancellationToken);
}
