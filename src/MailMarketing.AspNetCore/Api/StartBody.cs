using System.ComponentModel;

namespace MailMarketing.AspNetCore.Api;

/// <summary>What a start is held to, as the API takes it.</summary>
internal sealed record StartBody
{
    [Description("The manifest of a dry run: started only if everybody would be sent what it found.")]
    public string? Manifest { get; init; }

    [Description("The templates' clock, the same as the dry run had: ISO 8601 with an offset; now where it is not given.")]
    public string? At { get; init; }
}
