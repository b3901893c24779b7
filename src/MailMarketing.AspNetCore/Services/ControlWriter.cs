using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Writes the body of <c>POST /api/v1/control</c>, as <see cref="ControlReader"/> reads it.</summary>
internal static class ControlWriter
{
    public static byte[] Write(SendControl control) => WireBuffer.Write(control, Write);

    private static void Write(Utf8JsonWriter json, SendControl control)
    {
        json.WriteStartObject();
        if (control.CampaignId is { } campaign)
        {
            json.WriteString("campaign_id", campaign);
            json.WriteNumber("revision", control.Revision);
        }

        if (control.State is { } state)
        {
            json.WriteString("state", Name(state));
        }

        // An empty list says as much as none, and one of both must be there
        if (control.Withdraw.Count > 0 || control.State is null)
        {
            json.WriteStartArray("withdraw");
            foreach (var (id, round) in control.Withdraw)
            {
                json.WriteStartObject();
                WireField.WriteId(json, id);
                json.WriteNumber("round", round);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (control.Reason is { } reason)
        {
            json.WriteString("reason", reason);
        }

        json.WriteEndObject();
    }

    private static string Name(CampaignState state) => state switch
    {
        CampaignState.Running => "running",
        CampaignState.Paused => "paused",
        CampaignState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A sending side is told of running, paused and cancelled only."),
    };
}
