using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Images that emails show by their public address.</summary>
public sealed class MediaClient
{
    private const int MaxPixels = 10_000;
    private const string Path = "/m/media/";

    private readonly IMediaStore? _media;
    private readonly CodeTemplates _code;
    private readonly MailMarketingOptions _options;
    private readonly AuditClient _audit;

    internal MediaClient(IMediaStore? media, CodeTemplates code, IOptions<MailMarketingOptions> options, AuditClient audit) =>
        (_media, _code, _options, _audit) = (media, code, options.Value, audit);

    /// <summary>How large an image may be, in bytes: <see cref="MailMarketingOptions.MaxMediaBytes"/>.</summary>
    public int MaxBytes => _options.MaxMediaBytes;

    /// <summary>
    /// Stores an image as it is: TooLarge, or Invalid on <c>name</c>, or on <c>file</c> where it is no PNG, JPEG, GIF or WebP by its own
    /// first bytes, says another type than <paramref name="contentType"/>, or has more than 10,000 pixels to a side. The same content
    /// again gives what is stored already. Conflict where the storage keeps no media.
    /// </summary>
    /// <param name="name">What people call it.</param>
    /// <param name="contentType">What it is said to be; null where nothing is said.</param>
    /// <param name="content">Read to its end, or to <see cref="MaxBytes"/>; stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<MediaFile>> AddAsync(
        string name, string? contentType, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (_media is null)
        {
            return Problem.Conflict("This storage keeps no media.");
        }

        if (JudgeName(name) is { } mistake)
        {
            return Problem.Invalid("name", mistake);
        }

        if (await ReadAsync(content, cancellationToken) is not { } bytes)
        {
            return TooLarge();
        }

        if (ImageHeader.Read(bytes) is not { } header)
        {
            return Problem.Invalid("file", "The file is no PNG, JPEG, GIF or WebP image; others, such as SVG, are not taken.");
        }

        if (contentType is not null && !contentType.Equals(header.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            return Problem.Invalid("file", $"The file is said to be {contentType} and is {header.ContentType}: send it as what it is.");
        }

        if (header.Width > MaxPixels || header.Height > MaxPixels)
        {
            return Problem.Invalid("file", $"The image has {header.Width} × {header.Height} pixels; make it {MaxPixels} × {MaxPixels} at most.");
        }

        var file = new MediaFile
        {
            Name = name.Trim(), FileName = $"{Convert.ToHexStringLower(SHA256.HashData(bytes))}.{header.Extension}",
            ContentType = header.ContentType, Size = bytes.Length, Width = header.Width, Height = header.Height,
        };
        var stored = await _media.AddAsync(file, bytes, cancellationToken);
        await _audit.RecordAsync("media.add", Subject(stored), null, stored, CancellationToken.None);
        return stored;
    }

    /// <summary>What is said to somebody whose image is larger than <see cref="MaxBytes"/>.</summary>
    public Problem TooLarge() => new(
        ProblemKind.TooLarge, $"The image has more than {MaxBytes / 1024} KiB: make it smaller, or set MailMarketingOptions.MaxMediaBytes.");

    /// <summary>The image, or null.</summary>
    public async Task<MediaFile?> GetAsync(long id, CancellationToken cancellationToken) =>
        _media is null ? null : await _media.GetAsync(id, cancellationToken);

    /// <summary>The content by the last part of its address, or null.</summary>
    public async Task<MediaContent?> OpenAsync(string fileName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return _media is null || fileName.Length > Limits.Name ? null : await _media.OpenAsync(fileName, cancellationToken);
    }

    /// <summary>A page of images by id: Invalid on <c>limit</c> or <c>cursor</c>. Empty where the storage keeps none.</summary>
    public Task<Result<Page<MediaFile>>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(page, () => _media?.ListAsync(page, cancellationToken) ?? Task.FromResult(new Page<MediaFile>([], null)));

    /// <summary>
    /// Deletes an image: NotFound; Conflict where a template, in code too, or a campaign that is still sending shows it. Emails sent
    /// already show it no more.
    /// </summary>
    public async Task<Result<MediaFile>> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        if (_media is null || await _media.GetAsync(id, cancellationToken) is not { } file)
        {
            return new Problem(ProblemKind.NotFound, $"There is no image {id}.");
        }

        if (_code.Emails.Select(one => one.Source).Concat(_code.Parts.Values).Any(source => Shows(source, file)))
        {
            return Problem.Conflict($"{file.Name} is shown by a template in the app's code: take it out there first.");
        }

        return await _audit.NoteAsync(_media.DeleteAsync(id, cancellationToken), "media.delete", Subject);
    }

    /// <summary>
    /// What a template writes to show the image: the whole address, or one without a host where
    /// <see cref="MailMarketingOptions.PublicUrl"/> is not set. Public pages must be mounted at their usual path, <c>/m</c>.
    /// </summary>
    public string AddressOf(MediaFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return _options.PublicUrl?.AbsoluteUri.TrimEnd('/') + Path + file.FileName;
    }

    private static string? JudgeName(string name) =>
        TextRules.RequiredName(name, "The name")
        ?? (name.AsSpan().ContainsAny('/', '\\') ? "The name must not contain / or \\: give the file's name without its folders." : null);

    private static bool Shows(TemplateSource source, MediaFile file) =>
        JsonSerializer.Serialize(source).Contains(file.FileName, StringComparison.OrdinalIgnoreCase);

    private static string Subject(MediaFile file) => $"image {file.Id} ({file.Name})";

    private async Task<byte[]?> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes + 1];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > MaxBytes ? null : buffer[..read];
    }
}
