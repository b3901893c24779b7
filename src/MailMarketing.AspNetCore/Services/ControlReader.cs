namespace MailMarketing.AspNetCore;

/// <summary>Reads the body of <c>POST /api/v1/control</c>.</summary>
internal static class ControlReader
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal) { "campaign_id", "revision", "state", "withdraw", "reason" };

    public static SendControl Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = WireBody.Parse(bytes);
        var body = new WireValue("", document.RootElement);
        body.OnlyMembers(Members);

        var state = body.Optional("state");
        var withdraw = body.Optional("withdraw");
        if (state is null && withdraw is null)
        {
            throw body.Mistake("There must be a state, a list withdraw, or both.");
        }

        return new SendControl
        {
            // A state without its campaign or revision could not be put in order
            CampaignId = (state is null ? body.Optional("campaign_id") : body.Required("campaign_id"))?.JobId().Text,
            Revision = (state is null ? body.Optional("revision") : body.Required("revision"))?.Whole(long.MaxValue) ?? 0,
            State = state is { } value ? ReadState(value) : null,
            Withdraw = withdraw is { } list ? list.Items().Select(ReadJob).ToArray() : [],
            Reason = body.Optional("reason")?.Line(500),
        };
    }

    private static (JobId Id, int Round) ReadJob(WireValue job) =>
        (job.Required("id").JobId(), (int)(job.Optional("round")?.Whole() ?? 0));

    private static CampaignState ReadState(WireValue value) => value.Line(64) switch
    {
        "running" => CampaignState.Running,
        "paused" => CampaignState.Paused,
        "cancelled" => CampaignState.Cancelled,
        _ => throw value.Mistake("This must be running, paused or cancelled."),
    };
}
