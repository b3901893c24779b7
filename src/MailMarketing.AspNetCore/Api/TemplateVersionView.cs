using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A saved version of a template as a list of the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record TemplateVersionView
{
    [Description("1, and one more with each change.")]
    public required int Version { get; init; }

    [Description("The template's name then.")]
    public required string Name { get; init; }

    [Description("The subject then.")]
    public required string Subject { get; init; }

    [Description("When it was saved.")]
    public required DateTimeOffset SavedAt { get; init; }

    public static TemplateVersionView Of(TemplateVersion version) =>
        new() { Version = version.Version, Name = version.Name, Subject = version.Source.Subject, SavedAt = version.SavedAt };
}
