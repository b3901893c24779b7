using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>
/// A change of the settings as the API takes it; what is left away stays. A misspelt name is refused: it would change nothing.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SettingsBody
{
    [Description("New credentials of a lane; they are never told again.")]
    public AuthBody? Auth { get; init; }

    [JsonPropertyName("email_from")]
    [Description("A new From line.")]
    public FromBody? EmailFrom { get; init; }

    [Description("All custom headers by name, in place of those there are; at most 30.")]
    public Dictionary<string, string>? Headers { get; init; }

    [Description("Which lane auth is for; the default one where it is not given.")]
    public string? Lane { get; init; }

    [JsonIgnore]
    public bool IsEmpty => this is { Auth: null, EmailFrom: null, Headers: null };

    public SenderSettingsPatch ToPatch() => new()
    {
        Auth = Auth is null ? null : new GatewayCredentials(Auth.User ?? "", Auth.Password ?? ""),
        From = EmailFrom is null ? null : new Mailbox(EmailFrom.Name, EmailFrom.Email ?? ""),
        Headers = Headers,
        Lane = Lane,
    };

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record AuthBody(string? User, string? Password);

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record FromBody(string? Name, string? Email);
}
