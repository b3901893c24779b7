using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A file that emails carry, as the API takes and shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record AttachmentBody
{
    [Required]
    [MaxLength(Limits.FileName)]
    [Description("What recipients see, as in terms.pdf.")]
    public string? Name { get; init; }

    [Required]
    [Description("What it is, as in application/pdf.")]
    public string? ContentType { get; init; }

    [Required]
    [Description("What POST /attachments answered: the SHA-256 of the content in hexadecimal.")]
    public string? Hash { get; init; }

    [Description("In bytes; what is stored counts, whatever is sent.")]
    public long Size { get; init; }

    public static AttachmentBody Of(Attachment file) =>
        new() { Name = file.Name, ContentType = file.ContentType, Hash = file.Hash, Size = file.Size };

    public static IReadOnlyList<AttachmentBody>? Of(IReadOnlyList<Attachment>? files) => files is null ? null : [.. files.Select(Of)];

    public static IReadOnlyList<Attachment>? ToAttachments(IReadOnlyList<AttachmentBody?>? bodies) =>
        bodies is null ? null : [.. bodies.Select(body => (body ?? new AttachmentBody()).ToAttachment())];

    private Attachment ToAttachment() =>
        new() { Name = Name ?? "", ContentType = ContentType ?? "", Hash = Hash ?? "", Size = Size };
}
