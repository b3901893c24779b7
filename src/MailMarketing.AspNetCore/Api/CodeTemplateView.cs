using System.ComponentModel;

namespace MailMarketing.AspNetCore.Api;

/// <summary>An email in the app's code, as a campaign chooses it.</summary>
internal sealed record CodeTemplateView
{
    [Description("What a campaign gives as templateName.")]
    public required string Name { get; init; }

    public required string Subject { get; init; }

    public required string Language { get; init; }

    public static CodeTemplateView Of(CodeTemplate template) =>
        new() { Name = template.Name, Subject = template.Source.Subject, Language = template.Source.Language };
}
