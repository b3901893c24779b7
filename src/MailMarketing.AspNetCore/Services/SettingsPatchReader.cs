namespace MailMarketing.AspNetCore;

/// <summary>Reads the body of <c>PATCH /api/v1/settings</c>. What the values may be is the client's to judge, their form is judged here.</summary>
internal static class SettingsPatchReader
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal) { "auth", "email_from", "headers", "lane" };
    private static readonly HashSet<string> AuthMembers = new(StringComparer.Ordinal) { "user", "password" };
    private static readonly HashSet<string> FromMembers = new(StringComparer.Ordinal) { "name", "email" };

    /// <summary>The patch; null where the body asks for nothing.</summary>
    public static SenderSettingsPatch? Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = WireBody.Parse(bytes);
        var body = new WireValue("", document.RootElement);
        body.OnlyMembers(Members);
        if (!body.Members().Any())
        {
            return null;
        }

        var auth = Given(body, "auth");
        var lane = Given(body, "lane");
        if (lane is { } alone && auth is null)
        {
            throw alone.Mistake("A lane says whose credentials are meant: give auth with it.");
        }

        return new SenderSettingsPatch
        {
            Auth = auth is { } credentials ? ReadAuth(credentials) : null,
            Lane = lane?.Text(),
            From = Given(body, "email_from") is { } from ? ReadFrom(from) : null,
            Headers = Given(body, "headers") is { } headers ? WireHeaders.Read(headers) : null,
        };
    }

    /// <summary>A member that is there, be it null: a null would change nothing, and its sender means something by it.</summary>
    private static WireValue? Given(WireValue body, string name) =>
        body.Json.TryGetProperty(name, out var value) ? new WireValue(name, value) : null;

    private static GatewayCredentials ReadAuth(WireValue auth)
    {
        auth.OnlyMembers(AuthMembers);
        return new GatewayCredentials(auth.Required("user").Text(), auth.Required("password").Text());
    }

    private static Mailbox ReadFrom(WireValue from)
    {
        from.OnlyMembers(FromMembers);
        return new Mailbox(from.Optional("name")?.Text(), from.Required("email").Text());
    }
}
