using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A template as the API takes it.</summary>
internal sealed record TemplateBody
{
    [Required]
    [MaxLength(Limits.Name)]
    public string? Name { get; init; }

    [Required]
    [MaxLength(Limits.Subject)]
    [Description("The subject line, with placeholders such as {{ first_name }}.")]
    public string? Subject { get; init; }

    [Description("The HTML part, at most 256 KiB; a template has this, a text part or both.")]
    public string? Html { get; init; }

    [Description("The text part, at most 256 KiB.")]
    public string? Text { get; init; }

    [Description("The template language; scriban where it is not given.")]
    public string? Language { get; init; }

    public TemplateSource ToSource()
    {
        var source = new TemplateSource { Subject = Subject ?? "", Html = Html, Text = Text };
        return Language is null ? source : source with { Language = Language };
    }
}
