using System.Globalization;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Files that emails carry. A template or a campaign names those that are stored here.</summary>
public sealed class AttachmentsClient
{
    private readonly IAttachmentStore? _store;
    private readonly MailMarketingOptions _options;
    private readonly AuditClient _audit;

    internal AttachmentsClient(IAttachmentStore? store, IOptions<MailMarketingOptions> options, AuditClient audit) =>
        (_store, _options, _audit) = (store, options.Value, audit);

    /// <summary>How large the files of an email may be together, in bytes: <see cref="MailMarketingOptions.MaxAttachmentBytes"/>.</summary>
    public int MaxBytes => _options.MaxAttachmentBytes;

    /// <summary>How many files an email may carry: <see cref="MailMarketingOptions.MaxAttachments"/>.</summary>
    public int MaxCount => _options.MaxAttachments;

    /// <summary>
    /// Stores a file for templates and campaigns to name, as it is: TooLarge; Invalid on <c>name</c>, on <c>contentType</c>, or on
    /// <c>file</c> where it is empty. Conflict where the storage keeps no files. What nothing names a day later is forgotten.
    /// </summary>
    /// <param name="name">What recipients see, without folders.</param>
    /// <param name="contentType">What it is, without parameters; null where nothing is said.</param>
    /// <param name="content">Read to its end, or to <see cref="MaxBytes"/>; stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Attachment>> AddAsync(
        string name, string? contentType, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (_store is null)
        {
            return Problem.Conflict("This storage keeps no files to attach.");
        }

        var type = string.IsNullOrEmpty(contentType) ? "application/octet-stream" : contentType;
        var errors = new FieldErrors();
        errors.Add("name", AttachmentRules.JudgeName(name));
        errors.Add("contentType", AttachmentRules.JudgeType(type));
        if (errors.ToProblem() is { } problem)
        {
            return problem;
        }

        if (await ReadAsync(content, cancellationToken) is not { } bytes)
        {
            return TooLarge();
        }

        if (bytes.Length == 0)
        {
            return Problem.Invalid("file", "The file is empty.");
        }

        var file = Attachment.Of(name.Trim(), type.ToLowerInvariant(), bytes);
        await _store.AddAsync(file.Hash, bytes, cancellationToken);
        await _audit.RecordAsync(
            "attachment.add", $"file {file.Name}", null, new { file.Name, file.ContentType, file.Size, file.Hash }, CancellationToken.None);
        return file with { Content = default };
    }

    /// <summary>The content of a stored file by its <see cref="Attachment.Hash"/>, or null.</summary>
    public async Task<byte[]?> ReadAsync(string hash, CancellationToken cancellationToken) =>
        _store is null ? null : await _store.ReadAsync(hash, cancellationToken);

    /// <summary>What is said to somebody whose files are larger than <see cref="MaxBytes"/>.</summary>
    public Problem TooLarge() => new(
        ProblemKind.TooLarge,
        $"The files of an email may have {Size(MaxBytes)} together: leave some out, link to them instead, "
        + "or set MailMarketingOptions.MaxAttachmentBytes.");

    /// <summary>What is wrong with the files that something names, and the same list with the sizes that are stored.</summary>
    internal async Task<Result<List<Attachment>>> CheckAsync(IReadOnlyList<Attachment>? files, CancellationToken cancellationToken)
    {
        var stored = new List<Attachment>();
        foreach (var file in files ?? [])
        {
            var size = file.IsLoaded ? file.Size
                : _store is null || file.Hash is null ? null : await _store.FindSizeAsync(file.Hash, cancellationToken);
            if (size is null)
            {
                return Problem.Invalid("attachments", $"The file {file.Name} is not stored: upload it again.");
            }

            stored.Add(file with { Name = file.Name?.Trim()!, Size = size.Value });
        }

        return (AttachmentRules.Judge(stored) ?? JudgeAmount(stored)) is { } mistake ? Problem.Invalid("attachments", mistake) : stored;
    }

    /// <summary>Whether there are too many, or too large ones together.</summary>
    internal string? JudgeAmount(IReadOnlyCollection<Attachment> files) =>
        files.Count > MaxCount
            ? $"There are {files.Count} files, and an email may carry {MaxCount}: leave some out, or set MailMarketingOptions.MaxAttachments."
            : files.Sum(file => file.Size) > MaxBytes ? TooLarge().Detail : null;

    /// <summary>Keeps the files of a template in code where those of stored ones are.</summary>
    internal async Task KeepAsync(IEnumerable<Attachment> files, CancellationToken cancellationToken)
    {
        foreach (var file in files.Where(file => file.IsLoaded && _store is not null))
        {
            await _store!.AddAsync(file.Hash, file.Content, cancellationToken);
        }
    }

    private static string Size(long bytes) => bytes % (1024 * 1024) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024 / 1024} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024} KiB");

    private async Task<byte[]?> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes + 1];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > MaxBytes ? null : buffer[..read];
    }
}
