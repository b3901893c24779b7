using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Writes the bodies of <c>/api/v1/settings</c>: the settings as they are, and a change of them.</summary>
internal static class SettingsWriter
{
    public static byte[] Write(SenderSettingsView settings) => WireBuffer.Write(settings, Write);

    public static byte[] Write(SenderSettingsPatch patch) => WireBuffer.Write(patch, Write);

    public static void WriteMailbox(Utf8JsonWriter json, string member, Mailbox? mailbox)
    {
        json.WriteStartObject(member);
        json.WriteString("name", mailbox?.Name);
        json.WriteString("email", mailbox?.Email);
        json.WriteEndObject();
    }

    public static void WriteHeaders(Utf8JsonWriter json, IReadOnlyDictionary<string, string> headers)
    {
        json.WriteStartObject("headers");
        foreach (var (name, value) in headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SenderSettingsView settings)
    {
        json.WriteStartObject();
        WriteHeaders(json, settings.Headers);
        WriteMailbox(json, "from", settings.From);
        json.WriteStartObject("auth");
        json.WriteBoolean("configured", settings.AuthConfigured);
        json.WriteEndObject();
        json.WriteStartArray("lanes");
        foreach (var lane in settings.Lanes)
        {
            json.WriteStartObject();
            json.WriteString("name", lane.Name);
            json.WriteBoolean("configured", lane.Configured);
            json.WriteString("state", lane.State == LaneState.Open ? "open" : "closed");
            json.WriteString("reason", lane.Reason);
            if (lane.Attachments)
            {
                json.WriteBoolean("attachments", true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SenderSettingsPatch patch)
    {
        json.WriteStartObject();
        if (patch.Auth is { } auth)
        {
            json.WriteStartObject("auth");
            json.WriteString("user", auth.User);
            json.WriteString("password", auth.Password);
            json.WriteEndObject();
        }

        if (patch.Lane is { } lane)
        {
            json.WriteString("lane", lane);
        }

        if (patch.From is { } from)
        {
            WriteMailbox(json, "email_from", from);
        }

        if (patch.Headers is { } headers)
        {
            WriteHeaders(json, headers);
        }

        json.WriteEndObject();
    }
}
