using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>The files of a batch: once for all of its jobs, with their content, so that every batch stands for itself.</summary>
internal static class WireAttachments
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal) { "name", "content_type", "content" };

    public static void Write(Utf8JsonWriter json, IReadOnlyList<Attachment> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        json.WriteStartArray("attachments");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("content_type", file.ContentType);
            json.WriteBase64String("content", file.Content.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static IReadOnlyList<Attachment> Read(WireValue list)
    {
        var files = new List<Attachment>();
        foreach (var item in list.Items())
        {
            var (name, type, content) = (item.Required("name"), item.Required("content_type"), item.Required("content"));
            item.OnlyMembers(Members);
            var file = Attachment.Of(name.Line(Limits.FileName), type.Line(Limits.Name), content.Bytes());
            files.Add(AttachmentRules.Judge(file) is { } mistake ? throw item.Mistake(mistake) : file);
        }

        return AttachmentRules.Judge(files) is { } wrong ? throw list.Mistake(wrong)
            : files.Sum(file => file.Size) > Limits.Message ? throw list.Mistake($"Files may have {Limits.Message} bytes together.")
            : files;
    }
}
